import Packets
import PointClouds
import TestSupport
import Testing

@Suite struct OusterAssemblerTests {
  private let encoder = OusterEncoder()
  /// Where a packet of the encoder has its columns.
  private let columnStart = 32
  private let columnLength = 12 + 5 * 12

  @Test(arguments: OusterProfile.allCases)
  func everyFrameIsACompleteSweep(profile: OusterProfile) throws {
    let encoder = OusterEncoder(profile)
    let packets = encoder.frames(3)
    let run = try SweepRun(packets.map(\.bytes), of: encoder)
    run.expectPoints(of: packets)
    #expect(run.sweeps.map(\.isComplete) == [true, true, true] && run.isUnmixed)
    #expect(run.sweeps.map(\.counts.received) == [32, 32, 32])
    #expect(run.sweeps.map(\.startTime) == [1_000_000_000, 1_099_999_744, 1_199_999_488])
    #expect(run.totals.sweeps == 3 && run.totals.restarts == 0 && run.totals.packets.lost == 0)
    #expect(zip(run.points, packets.flatMap(\.points)).allSatisfy { $0.time == $1.time })
  }

  @Test(arguments: [65_534, 65_535], [OusterPacketFormat.Header.standard, .functionalSafety])
  func theNumbersOfFramesMayBeginAnew(
    number: Int, header: OusterPacketFormat.Header
  ) throws {
    var encoder = encoder
    encoder.header = header
    encoder.frameNumber = header == .functionalSafety ? number + (1 << 32) - (1 << 16) : number
    var packets = encoder.frames(4)
    packets.swapAt(64, 63)
    let run = try SweepRun(packets.map(\.bytes), of: encoder)
    #expect(run.sweeps.map(\.isComplete) == [true, true, true, true] && run.isUnmixed)
    #expect(run.totals.packets.reordered == 1 && run.totals.restarts == 0)
  }

  @Test func aStartInTheMiddleOfAFrameIsMarked() throws {
    let packets = Array(encoder.frames(3)[10..<74])
    let run = try SweepRun(packets.map(\.bytes), of: encoder)
    run.expectPoints(of: packets)
    #expect(run.sweeps.map(\.startsAtCut) == [false, true, true])
    #expect(run.sweeps.map(\.endsAtCut) == [true, true, false])
    #expect(run.sweeps.map(\.counts.absent) == [10, 0, 22])
    #expect(run.sweeps.map(\.completeness) == [22.0 / 32, 1, 10.0 / 32] && run.isUnmixed)
  }

  @Test(arguments: [([100, 400], 20), ([400, 100], 14), ([48, 63], 1), ([511, 0], 2)])
  func onlyWhatTheWindowHoldsIsExpected(window: [Int], count: Int) throws {
    var encoder = encoder
    encoder.window = window
    let packets = encoder.frames(3)
    try #require(packets.count == 3 * count)
    let run = try SweepRun(packets.map(\.bytes), of: encoder)
    run.expectPoints(of: packets)
    #expect(run.sweeps.map(\.counts.expected) == [count, count, count])
    #expect(run.sweeps.allSatisfy { $0.isComplete } && run.isUnmixed)
    guard count > 2 else { return }
    let lossy = try SweepRun(
      packets.enumerated().filter { $0.offset % count != 1 }.map(\.element.bytes), of: encoder)
    #expect(lossy.sweeps.map(\.counts.lost) == [1, 1, 1] && lossy.totals.sweeps == 3)
  }

  @Test func invalidColumnsHoldNoPointsAndAreCounted() throws {
    let packets = encoder.frames(2) { _, _ in 10 }
    var bytes = packets.map(\.bytes)
    // The first column of one packet, all of another, and all numbers of a third one gone.
    bytes[5][columnStart + 10] = 0
    for column in 0..<16 { bytes[6][columnStart + column * columnLength + 10] = 0 }
    for column in 0..<16 { bytes[40][columnStart + column * columnLength + 9] = 0x77 }
    #expect(throws: PacketsError.self) { try OusterPacket(bytes[40], of: encoder.metadata()) }
    bytes.remove(at: 40)
    let run = try SweepRun(bytes, of: encoder)
    #expect(run.sweeps.map(\.counts.invalidColumns) == [17, 0])
    #expect(run.sweeps.map(\.counts.received) == [32, 31])
    #expect(run.sweeps.map(\.counts.lost) == [0, 1])
    #expect(run.sweeps.map(\.points.count) == [(512 - 17) * 5, (512 - 16) * 5])
    #expect(run.sweeps.map(\.completeness) == [1, 31.0 / 32])
    #expect(run.sweeps.map(\.isComplete) == [false, false])
  }

  @Test func columnsOfAnotherPlaceOrFrameAreLeftOut() throws {
    let legacy = OusterEncoder(.legacy)
    let length = 16 + 5 * 12 + 4
    var bytes = legacy.frames(2) { _, _ in 10 }.map(\.bytes)
    bytes[3][2 * length + 8] ^= 1
    bytes[3][4 * length + 10] ^= 1
    let run = try SweepRun(bytes, of: legacy)
    #expect(run.sweeps.map(\.counts.invalidColumns) == [2, 0] && run.isUnmixed)
    #expect(run.sweeps.map(\.points.count) == [510 * 5, 512 * 5])
  }

  @Test(arguments: [
    (50, 3_000_000_000), (40_000, 3_000_000_000), (101, -500_000_000_000), (102, 50_000_000),
  ])
  func aSensorThatBeginsAnewBreaksTheSweepOff(frame: Int, time: Int64) throws {
    var again = encoder
    (again.frameNumber, again.startTime) = (frame, encoder.startTime + time + 150_000_000)
    let packets = encoder.frames(2)[..<48] + again.frames(2)
    let run = try SweepRun(packets.map(\.bytes), of: encoder)
    #expect(run.sweeps.map(\.counts.received) == [32, 16, 32, 32])
    run.expectPoints(of: Array(packets))
    // Half a frame is missing where the numbers of frames go on, and belongs to none where they do not.
    #expect(run.totals.restarts == (frame == 102 ? 0 : 1))
    #expect(run.sweeps.map(\.counts.lost) == [0, frame == 102 ? 16 : 0, 0, 0])
    #expect(run.sweeps.map(\.counts.absent) == [0, frame == 102 ? 0 : 16, 0, 0])
  }

  @Test func aClockThatStandsStillChangesNoSweep() throws {
    var bytes = encoder.frames(3).map(\.bytes)
    for index in bytes.indices {
      for column in 0..<16 {
        let place = columnStart + column * columnLength
        bytes[index].replaceSubrange(place..<(place + 8), with: OusterEncoder.little(7, 8))
      }
    }
    let run = try SweepRun(bytes, of: encoder)
    #expect(run.sweeps.map(\.isComplete) == [true, true, true] && run.isUnmixed)
  }

  @Test func aSweepIsACloud() throws {
    let run = try SweepRun(OusterEncoder(.dual).frames(1).map(\.bytes), of: OusterEncoder(.dual))
    let sweep = try #require(run.sweeps.first)
    let cloud = sweep.cloud()
    #expect(cloud.count == sweep.points.count && cloud.count > 0)
    #expect(cloud.intensity[7] == 1 && cloud.ring?[7] == UInt16(sweep.points[7].ring))
    #expect(Set(cloud.returnIndex ?? []) == [0, 1])
    let last = try #require(cloud.time?.last)
    #expect(abs(last - 0.0998) < 1e-4)
  }
}
