import Packets
import PointClouds
import TestSupport
import Testing

@Suite struct VelodyneAssemblerTests {
  private var encoder: VelodyneEncoder
  private let turn = VelodyneEncoder.packetsPerTurn

  init() throws {
    encoder = VelodyneEncoder(calibration: try VelodyneEncoder.madeUp())
  }

  @Test func everyPointOfAFullSceneComesBack() throws {
    let packets = encoder.packets(turn) { ring, azimuth in
      4 + Double(ring) + (abs(azimuth) * 7).truncatingRemainder(dividingBy: 40)
    }
    let run = try SweepRun(packets.map(\.bytes), of: encoder)
    #expect(run.sweeps.count == 1 && run.points.count == 115_200)
    run.expectPoints(of: packets)
    #expect(zip(run.points, packets.flatMap(\.points)).allSatisfy { $0.time == $1.time })
  }

  @Test(arguments: [20, -20])
  func threeTurnsInEitherSenseAreThreeCompleteSweeps(step: Int) throws {
    var encoder = encoder
    encoder.step = step
    if step < 0 { encoder.start = -20 }
    let packets = encoder.packets(3 * turn)
    let run = try SweepRun(packets.map(\.bytes), of: encoder) {
      if step < 0 { $0.cutAzimuth = 359.8 }
    }
    #expect(run.sweeps.map(\.isComplete) == [true, true, true])
    #expect(run.sweeps.map(\.completeness) == [1, 1, 1])
    #expect(run.sweeps.map(\.counts.received) == [turn, turn, turn])
    #expect(run.sweeps.map(\.startTime) == [0, 86_400_000, 172_800_000])
    run.expectPoints(of: packets)
    #expect(run.totals.packets.lost == 0 && run.totals.sweeps == 3)
  }

  @Test func aStartInTheMiddleOfATurnIsMarked() throws {
    var encoder = encoder
    encoder.start = 18_000
    let run = try SweepRun(encoder.packets(turn).map(\.bytes), of: encoder)
    #expect(run.sweeps.map(\.startsAtCut) == [false, true])
    #expect(run.sweeps.map(\.endsAtCut) == [true, false])
    #expect(run.sweeps.map(\.completeness) == [0.5, 0.5])
    #expect(run.sweeps.map(\.counts.absent) == [150, 150])
    #expect(run.sweeps.allSatisfy { !$0.isComplete })
    #expect(run.isUnmixed)
  }

  @Test(arguments: [0.0, 33.33, 90, 270, 359.99])
  func sweepsAreCutWhereTheConfigurationSays(cut: Double) throws {
    let packets = encoder.packets(3 * turn)
    let run = try SweepRun(packets.map(\.bytes), of: encoder) { $0.cutAzimuth = cut }
    run.expectPoints(of: packets)
    #expect(run.sweeps.count == (cut == 0 || cut == 359.99 ? 3 : 4))
    for sweep in run.sweeps.dropFirst() {
      // The beam of ring 3 with its own correction tells where the first firing was.
      let correction = encoder.calibration.lasers[28].rotationalCorrection
      let first = try #require(sweep.points.first { $0.ring == encoder.calibration.rings[28] })
      let azimuth = Double(first.azimuth) + correction - 0.2 * 42 / 48
      let past = (azimuth - cut + 720).truncatingRemainder(dividingBy: 360)
      #expect(past < 0.21 || past > 359.99)
    }
  }

  @Test func aBlockThatJittersBackOverTheCutIsNoNewSweep() throws {
    var packets = encoder.packets(2 * turn).map(\.bytes)
    // The first firing of the second turn reports 0, its second one 359.9 and its third one 0.4.
    packets[turn].replaceSubrange(202..<204, with: [0x96, 0x8c])
    packets[turn].replaceSubrange(302..<304, with: [0x96, 0x8c])
    let run = try SweepRun(packets, of: encoder)
    #expect(run.sweeps.count == 2 && run.isUnmixed)
    #expect(run.totals.packets.lost == 0)
  }

  @Test func theHourMayEndInASweep() throws {
    var encoder = encoder
    encoder.startTime = 3_600_000_000 - 100_000
    let packets = encoder.packets(2 * turn)
    let run = try SweepRun(packets.map(\.bytes), of: encoder)
    #expect(run.sweeps.map(\.isComplete) == [true, true])
    #expect(run.totals.restarts == 0)
    #expect(zip(run.points, packets.flatMap(\.points)).allSatisfy { $0.time == $1.time })
  }

  @Test(arguments: [-2_000_000, -600_000_000, 5_000_000])
  func aJumpOfTheClockBreaksTheSweepOffAndMixesNothing(jump: Int) throws {
    var later = encoder
    (later.startTime, later.start) = (700_000_000 + jump, 27_000)
    var first = encoder
    first.startTime = 700_000_000 - 450 * 288
    let packets = first.packets(450) + later.packets(turn)
    let run = try SweepRun(packets.map(\.bytes), of: encoder)
    #expect(run.totals.restarts == 1)
    #expect(run.totals.packets.lost == 0)
    #expect(run.sweeps.count == 4)
    #expect(run.sweeps.map(\.counts.received) == [300, 150, 75, 225])
    run.expectPoints(of: packets)
  }

  @Test func aSensorThatStandsStillMakesSweepsOfASecond() throws {
    var encoder = encoder
    encoder.step = 0
    let packets = encoder.packets(12_000) { ring, _ in ring == 5 ? 10 : nil }
    let run = try SweepRun(packets.map(\.bytes), of: encoder)
    #expect(run.sweeps.count == 4)
    #expect(run.sweeps.allSatisfy { !$0.isComplete })
    #expect(run.points.count == 72_000)
  }

  @Test func aSweepIsACloud() throws {
    let run = try SweepRun(encoder.packets(5).map(\.bytes), of: encoder)
    let sweep = try #require(run.sweeps.first)
    let cloud = sweep.cloud()
    #expect(cloud.count == sweep.points.count && cloud.count > 0)
    #expect(cloud.x[7] == sweep.points[7].x && cloud.intensity[7] == 1)
    #expect(cloud.ring?[7] == UInt16(sweep.points[7].ring))
    let last = try #require(cloud.time?.last)
    #expect(abs(last - 0.001_44) < 1e-4)
  }
}
