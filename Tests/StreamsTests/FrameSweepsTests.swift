import Foundation
import PointClouds
import Streams
import TestSupport
import Testing

/// lidarseg's own stream: what it writes it reads, and whatever else it reads it survives.
@Suite struct FrameSweepsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func cloud(_ count: Int) -> PointCloud {
    let values = (0..<count).map { Float($0) + 0.25 }
    return PointCloud(x: values, y: values.map { -$0 }, z: values, intensity: values)
  }

  private func frames() -> [UInt8] {
    let labels = (0..<5).map { PointLabel(rawValue: UInt32($0 << 16 | 10)) }
    return FrameSweeps.bytes(of: cloud(3), time: 7) + FrameSweeps.bytes(of: cloud(0))
      + FrameSweeps.bytes(of: cloud(5), labels: labels, time: 9)
  }

  /// All sweeps until nothing more comes, and what was wrong.
  private func read(
    _ bytes: [UInt8], count: Int = .max
  ) throws -> (sweeps: [StreamSweep], damage: StreamsError?) {
    let path = try folder.write(bytes, to: "frames-\(UUID().uuidString)")
    let origin = try #require(try SweepOrigin(path, isFollowed: true))
    var source = try origin.open(PacketOptions())
    var sweeps: [StreamSweep] = []
    let end = ContinuousClock.now + .milliseconds(30)
    while let sweep = try source.next(until: { sweeps.count >= count || .now > end }) {
      sweeps.append(sweep)
    }
    return (sweeps, source.damage)
  }

  @Test func pointsLabelsAndTimesComeBack() throws {
    let (sweeps, damage) = try read(frames(), count: 3)
    #expect(damage == nil && sweeps.map(\.cloud) == [cloud(3), cloud(0), cloud(5)])
    #expect(sweeps.map(\.time) == [7, nil, 9] && sweeps.map(\.number) == [0, 1, 2])
    #expect(sweeps.map { $0.labels?.count } == [nil, nil, 5])
    #expect(sweeps[2].labels?[4] == PointLabel(rawValue: 4 << 16 | 10))
  }

  @Test func aStreamThatIsStoppedBeforeItsFirstBytesHasNoSweeps() throws {
    let path = try folder.write([], to: "empty")
    let origin = try #require(try SweepOrigin(path, isFollowed: true))
    let end = ContinuousClock.now + .milliseconds(50)
    var source = try origin.open(PacketOptions()) { .now > end }
    #expect(try source.next(until: { true }) == nil && source.damage == nil)
  }

  @Test func aHeaderThatIsNoneEndsTheStreamWithItsPlace() throws {
    for (place, value) in [(0, 0), (8, 2), (12, 9), (23, 1)] as [(Int, UInt8)] {
      var bytes = frames()
      let second = 32 + 3 * 16
      bytes[second + place] = value
      let (sweeps, damage) = try read(bytes)
      #expect(sweeps.count == 1 && damage?.code == .damaged && damage?.offset == second)
    }
  }

  @Test func damageOfAnyKindMixesNoSweeps() throws {
    let whole = frames()
    for place in whole.indices where place % 3 == 0 && !(8..<12).contains(place) {
      var bytes = whole
      bytes[place] ^= 1 << UInt8(place % 8)
      // What claims to be no stream at all is refused at once.
      guard place >= 8 else { continue }
      let (sweeps, _) = try read(bytes)
      #expect(sweeps.allSatisfy { $0.labels == nil || $0.labels?.count == $0.cloud.count })
    }
  }
}
