import Packets
import TestSupport
import Testing

@Suite struct OusterLossTests {
  private let encoder: OusterEncoder
  private let packets: [EncodedPacket]
  private let turn: Int

  init() {
    var encoder = OusterEncoder()
    encoder.frameNumber = 65_530
    self.encoder = encoder
    packets = encoder.frames(12)
    turn = encoder.packetsPerFrame
  }

  @Test(arguments: [0.001, 0.01, 0.1, 0.5], 1...3 as ClosedRange<UInt64>)
  func lostPacketsAreCountedExactlyAndMixNothing(share: Double, seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let isKept = packets.map { _ in Double.random(in: 0..<1, using: &numbers) >= share }
    let kept = zip(packets, isKept).filter(\.1).map(\.0)
    let run = try SweepRun(kept.map(\.bytes), of: encoder)
    run.expectPoints(of: kept)
    #expect(run.isUnmixed && run.totals.restarts == 0)
    try #require(run.sweeps.count == 12)
    for (number, sweep) in run.sweeps.enumerated() {
      let received = isKept[(number * turn)..<((number + 1) * turn)].count { $0 }
      #expect(sweep.counts.received == received && sweep.counts.expected == turn)
      #expect(sweep.completeness == Double(received) / Double(turn))
      #expect(sweep.isComplete == (received == turn))
    }
    let missing = isKept.count { !$0 }
    let edges = run.sweeps.map(\.counts.absent).reduce(0, +)
    #expect(run.totals.packets.lost + edges == missing)
  }

  @Test func wholeFramesMayBeMissing() throws {
    let kept = packets[..<10] + packets[100...]
    let run = try SweepRun(kept.map(\.bytes), of: encoder)
    #expect(run.sweeps.map(\.counts.received).prefix(2) == [10, 28])
    #expect(run.sweeps.map(\.counts.lost).prefix(2) == [22, 4])
    #expect(run.totals.missedSweeps == 2 && run.totals.packets.lost == 90)
    #expect(run.isUnmixed)
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
    #expect(run.sweeps.count == 12 && run.sweeps.allSatisfy { $0.isComplete })
    #expect(run.totals.packets.late == 0 && run.totals.packets.reordered > 0)
  }

  @Test func aPacketThatComesTooLateIsLeftOut() throws {
    var order = packets.map(\.bytes)
    order.insert(order.remove(at: 40), at: 70)
    let run = try SweepRun(order, of: encoder)
    #expect(run.totals.packets.late == 1 && run.totals.packets.lost == 1)
    #expect(run.sweeps[1].counts.received == 31 && run.sweeps[1].counts.lost == 1)
    run.expectPoints(of: Array(packets[..<40] + packets[41...]))
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

  @Test func lossOrderAndCopiesTogetherAreCountedExactly() throws {
    var numbers = SeededNumbers(seed: 9)
    var (order, lost, twice): ([[UInt8]], Int, Int) = ([], 0, 0)
    for start in stride(from: 0, to: packets.count, by: 4) {
      for packet in packets[start..<(start + 4)].shuffled(using: &numbers) {
        switch Int.random(in: 0..<10, using: &numbers) {
        case 0: lost += 1
        case 1:
          twice += 1
          order += [packet.bytes, packet.bytes]
        default: order.append(packet.bytes)
        }
      }
    }
    let run = try SweepRun(order, of: encoder)
    let totals = run.totals.packets
    let edges = run.sweeps.map(\.counts.absent).reduce(0, +)
    #expect(totals.received == packets.count - lost && totals.lost + edges == lost)
    #expect(totals.duplicate == twice && totals.late == 0 && run.isUnmixed)
  }
}
