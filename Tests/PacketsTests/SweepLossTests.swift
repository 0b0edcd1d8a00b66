import Packets
import TestSupport
import Testing

@Suite struct SweepLossTests {
  private let encoder: VelodyneEncoder
  private let packets: [EncodedPacket]
  private let turn = VelodyneEncoder.packetsPerTurn

  init() throws {
    encoder = VelodyneEncoder(calibration: try VelodyneEncoder.madeUp())
    packets = encoder.packets(5 * turn)
  }

  @Test(arguments: [0.001, 0.01, 0.1, 0.5], 1...3 as ClosedRange<UInt64>)
  func lostPacketsAreCountedExactlyAndMixNothing(share: Double, seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let isKept = packets.map { _ in Double.random(in: 0..<1, using: &numbers) >= share }
    let kept = zip(packets, isKept).filter(\.1).map(\.0)
    let run = try SweepRun(kept.map(\.bytes), of: encoder)
    run.expectPoints(of: kept)
    #expect(run.isUnmixed)
    try #require(run.sweeps.count == 5)
    for (number, sweep) in run.sweeps.enumerated() {
      let received = isKept[(number * turn)..<((number + 1) * turn)].count { $0 }
      #expect(sweep.counts.received == received)
      #expect(sweep.counts.expected == turn)
      #expect(sweep.completeness == Double(received) / Double(turn))
      #expect(sweep.isComplete == (received == turn))
    }
  }

  @Test func wholeTurnsMayBeMissing() throws {
    let kept = packets[..<100] + packets[1000...]
    let run = try SweepRun(kept.map(\.bytes), of: encoder)
    #expect(run.sweeps.map(\.counts.received) == [100, 200, 300])
    #expect(run.sweeps.map(\.counts.lost) == [200, 100, 0])
    #expect(run.totals.missedSweeps == 2)
    #expect(run.totals.packets.lost == 900)
    #expect(run.isUnmixed)
  }

  @Test func aGapOfExactlyOneTurnBeginsANewSweep() throws {
    let kept = packets[..<400] + packets[700...]
    let run = try SweepRun(kept.map(\.bytes), of: encoder)
    #expect(run.sweeps.map(\.counts.received) == [300, 100, 200, 300, 300])
    #expect(run.sweeps.map(\.counts.lost) == [0, 200, 100, 0, 0])
    #expect(run.isUnmixed)
  }

  @Test func azimuthsTellWhatIsLostWhereTheClockStandsStill() throws {
    var kept = (packets[..<40] + packets[50...]).map(\.bytes)
    for index in kept.indices { kept[index].replaceSubrange(1200..<1204, with: [1, 2, 3, 4]) }
    let run = try SweepRun(kept, of: encoder)
    #expect(run.totals.packets.lost == 10)
    #expect(run.sweeps.count == 5 && run.isUnmixed)
  }

  @Test(arguments: [1, 8, 64])
  func packetsOutOfOrderAreSortedWithinTheWindow(window: Int) throws {
    var numbers = SeededNumbers(seed: 4)
    var mixed: [[UInt8]] = []
    for start in stride(from: 0, to: packets.count, by: window + 1) {
      let end = min(start + window + 1, packets.count)
      mixed += packets[start..<end].shuffled(using: &numbers).map(\.bytes)
    }
    let run = try SweepRun(mixed, of: encoder) { $0.reorderWindow = window }
    run.expectPoints(of: packets)
    #expect(run.sweeps.map(\.isComplete) == [true, true, true, true, true])
    #expect(run.totals.packets.late == 0 && run.totals.packets.reordered > 0)
  }

  @Test func aPacketThatComesTooLateIsLeftOut() throws {
    var order = packets.map(\.bytes)
    order.insert(order.remove(at: 310), at: 330)
    let run = try SweepRun(order, of: encoder) { $0.reorderWindow = 8 }
    #expect(run.totals.packets.late == 1 && run.totals.packets.lost == 1)
    #expect(run.sweeps[1].counts.received == 299 && run.sweeps[1].counts.late == 1)
    let kept = packets[..<310] + packets[311...]
    run.expectPoints(of: Array(kept))
  }

  @Test(arguments: [0, 1, 8])
  func packetsThatComeTwiceCountOnce(window: Int) throws {
    let twice = packets.flatMap { [$0.bytes, $0.bytes] }
    let run = try SweepRun(twice, of: encoder) { $0.reorderWindow = window }
    run.expectPoints(of: packets)
    #expect(run.totals.packets.duplicate == packets.count)
    #expect(run.totals.packets.lost == 0 && run.totals.packets.late == 0)
    #expect(run.sweeps.allSatisfy { $0.isComplete })
  }
}
