import Datasets
import Evaluation
import Foundation
import PointClouds
import Testing

@Suite struct TallyTests {
  let map: LabelMap

  init() throws { map = try LabelMap.bundled("four-classes") }

  struct Point {
    var at: SIMD3<Float>
    var truth: UInt16
    var prediction: UInt16
  }

  private func tally(
    _ points: [Point], _ protocols: [EvaluationProtocol] = EvaluationProtocol.allCases,
    drive: String = "d", map: LabelMap? = nil
  ) throws -> Tally {
    var tally = Tally(labelMap: map ?? self.map, protocols: protocols)
    try tally.add(
      EvaluatedScan(
        drive: drive, cloud: cloud(points),
        truth: points.map { PointLabel(semantic: $0.truth, instance: 7) },
        prediction: points.map { PointLabel(semantic: $0.prediction, instance: 3) }))
    return tally
  }

  private func cloud(_ points: [Point]) -> PointCloud {
    PointCloud(
      x: points.map(\.at.x), y: points.map(\.at.y), z: points.map(\.at.z),
      intensity: points.map { _ in 0 })
  }

  private func scored(_ points: [Point], _ item: EvaluationProtocol) throws -> UInt64 {
    try tally(points + [Point(at: [5, 0, 0], truth: 10, prediction: 10)], [item])
      .result().counts.scored - 1
  }

  @Test func theFrontProtocolScoresItsWindow() throws {
    let nan = Float.nan
    let inside: [SIMD3<Float>] = [
      [10, 0, 0], [10, 10, 0], [10, -10, 0], [80, 0, 0], [1, 0, 50], [48, 0, 64], [10, 0, -9],
    ]
    let outside: [SIMD3<Float>] = [
      [10, 10.01, 0], [10, -10.01, 0], [-10, 0, 0], [0, 10, 0], [80.01, 0, 0], [70, 70, 0],
      [48, 1, 64], [nan, 0, 0], [10, nan, 0], [10, 0, nan], [.infinity, 0, 0],
    ]
    for at in inside {
      #expect(try scored([Point(at: at, truth: 99, prediction: 99)], .kittiFront) == 1, "\(at)")
    }
    for at in outside {
      #expect(try scored([Point(at: at, truth: 99, prediction: 99)], .kittiFront) == 0, "\(at)")
    }
    let all = (inside + outside).map { Point(at: $0, truth: 99, prediction: 99) }
    #expect(try scored(all, .sweep360) == UInt64(all.count))
  }

  @Test(arguments: EvaluationProtocol.allCases)
  func onlyPointsOfKnownTruthAreScored(item: EvaluationProtocol) throws {
    let truths: [UInt16] = [0, 1, 256, 259, 2, 300, 65_535, 99, 10, 18]
    let points = truths.map { Point(at: [9, 0, 0], truth: $0, prediction: 10) }
    let result = try tally(points, [item]).result()
    #expect(result.counts.points == 10)
    #expect(result.counts.scored == 3)
    #expect(result.counts.ignored == 7)
    #expect(result.counts.unknownTruth == 3)
  }

  @Test func aPredictionOfNothingIsWrongForAnObjectAndRightForBackground() throws {
    let points = [
      Point(at: [9, 0, 0], truth: 10, prediction: 0),
      Point(at: [9, 0, 0], truth: 99, prediction: 0),
      Point(at: [9, 0, 0], truth: 30, prediction: 7_777),
      Point(at: [9, 0, 0], truth: 31, prediction: 31),
    ]
    let result = try tally(points).result()
    let scores = try #require(result.protocols["kitti-front"])
    #expect(
      scores.confusion.counts == [[1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1]])
    #expect(result.counts.unlabelledPredictions == 2)
    #expect(result.counts.unknownPredictions == 1)
    #expect(scores.points.iou["car"] == .some(0))
    #expect(scores.points.iou["cyclist"] == .some(1))
  }

  @Test func whereNoClassReadsTheRestAPredictionOfNothingIsMissed() throws {
    let color = LabelColor(red: 0, green: 0, blue: 0)
    let two = try LabelMap(
      name: "two",
      classes: [
        LabelClass(name: "road", read: .ids([40]), write: 40, color: color),
        LabelClass(name: "car", read: .ids([10]), write: 10, color: color),
      ], ignored: [0])
    let points = [
      Point(at: [9, 0, 0], truth: 40, prediction: 0),
      Point(at: [9, 0, 0], truth: 40, prediction: 40),
    ]
    let result = try tally(points, map: two).result()
    let scores = try #require(result.protocols["sweep-360"])
    #expect(scores.confusion.missed == [1, 0])
    #expect(scores.points.iou["road"] == .some(0.5))
    #expect(scores.points.recall["mean"] == .some(0.5))
  }

  @Test func rangesShareOutThePoints() throws {
    let distances: [Float] = [0.5, 9.99, 10, 19.9, 20, 40, 79, 80, 81, 300]
    let points = distances.map { Point(at: [$0, 0, 0], truth: 10, prediction: 10) }
    let result = try tally(points).result()
    let front = try #require(result.protocols["kitti-front"])
    #expect(front.ranges.map(\.scored) == [2, 2, 1, 3])
    #expect(front.ranges.map(\.from) == [0, 10, 20, 40])
    #expect(front.ranges.map(\.to) == [10, 20, 40, 80])
    let sweep = try #require(result.protocols["sweep-360"])
    #expect(sweep.ranges.map(\.scored) == [2, 2, 1, 3, 2])
    #expect(sweep.ranges.map(\.to) == [10, 20, 40, 80, nil])
  }

  @Test func labelsOfAnotherLengthAreRefused() throws {
    var tally = Tally(labelMap: map)
    let cloud = cloud([Point(at: [1, 0, 0], truth: 0, prediction: 0)])
    #expect {
      try tally.add(
        EvaluatedScan(drive: "d", cloud: cloud, truth: [.unlabelled], prediction: []))
    } throws: {
      ($0 as? EvaluationError)?.message == "0 labels predicted for 1 points"
    }
    #expect(tally.scanCount == 0)
  }

  @Test func nothingToScoreIsAnError() throws {
    #expect(throws: EvaluationError.self) { try Tally(labelMap: map).result() }
    let foreign = try tally([Point(at: [9, 0, 0], truth: 777, prediction: 10)])
    #expect {
      try foreign.result()
    } throws: {
      ($0 as? EvaluationError)?.remedy.contains("1 points have unknown ids") == true
    }
  }

  @Test(arguments: 1...5)
  func mergedTalliesAreTheTallyOfAll(seed: UInt64) throws {
    let scans = (0..<6).map { ("d\($0 % 3)", random(seed: seed * 100 + UInt64($0))) }
    var (all, first, second) = (Tally(labelMap: map), Tally(labelMap: map), Tally(labelMap: map))
    for (index, scan) in scans.enumerated() {
      let part = try tally(scan.1, drive: scan.0)
      try all.merge(part)
      if index < 2 { try first.merge(part) } else { try second.merge(part) }
    }
    let travelled = try JSONDecoder().decode(Tally.self, from: JSONEncoder().encode(second))
    try first.merge(travelled)
    #expect(first == all)
    let result = try all.result()
    #expect(try first.result() == result)
    for scores in result.protocols.values {
      #expect(scores.counts.points == scores.counts.scored + scores.counts.ignored)
      #expect(scores.drives.map(\.scored).reduce(0, +) == scores.counts.scored)
      #expect(scores.confusion.counts.joined().reduce(0, +) == scores.counts.scored)
      #expect(scores.drives.map(\.scans) == [2, 2, 2])
    }
  }

  @Test func talliesOfDifferentProtocolsDoNotMerge() throws {
    var front = Tally(labelMap: map, protocols: [.kittiFront])
    #expect(throws: EvaluationError.self) {
      try front.merge(Tally(labelMap: map, protocols: [.sweep360]))
    }
  }

  @Test func intervalsHoldTheScoreAndRepeatWithTheirSeed() throws {
    var sum = Tally(labelMap: map)
    for drive in 0..<8 {
      try sum.merge(tally(random(seed: UInt64(drive)), drive: "d\(drive)"))
    }
    let scores = try #require(try sum.result().protocols["sweep-360"]).points
    for name in ["background", "car", "person", "cyclist", "mean"] {
      let ends = try #require(scores.interval[name] ?? nil)
      let iou = try #require(scores.iou[name] ?? nil)
      #expect(ends.count == 2 && ends[0] < iou && iou < ends[1], "\(name) \(iou) in \(ends)")
    }
    #expect(try sum.result() == sum.result())
    let other = try sum.result(bootstrap: Bootstrap(seed: 2))
    #expect(other.protocols["sweep-360"]?.points.interval != scores.interval)
    let narrow = try sum.result(bootstrap: Bootstrap(coverage: 0.5)).protocols["sweep-360"]
    let (wide, half) = (scores.interval["mean"] ?? nil, narrow?.points.interval["mean"] ?? nil)
    let (outer, inner) = (try #require(wide), try #require(half))
    #expect(outer[0] < inner[0] && inner[1] < outer[1])
  }

  @Test func oneDriveHasNoIntervalAndEqualDrivesHaveOneOfNoWidth() throws {
    let one = try tally(random(seed: 1))
    #expect(try one.result().protocols["sweep-360"]?.points.interval["mean"] == .some(nil))
    var equal = one
    for drive in ["e", "f"] { try equal.merge(tally(random(seed: 1), drive: drive)) }
    let scores = try #require(try equal.result().protocols["sweep-360"]).points
    let mean = try #require(scores.iou["mean"] ?? nil)
    #expect(scores.interval["mean"] == .some([mean, mean]))
    #expect(scores.meanOverDrives["car"] == scores.iou["car"])
  }

  @Test func theMeanOverDrivesWeighsDrivesAlike() throws {
    var sum = try tally(
      (0..<9).map { _ in Point(at: [9, 0, 0], truth: 10, prediction: 10) }, drive: "large")
    try sum.merge(tally([Point(at: [9, 0, 0], truth: 10, prediction: 99)], drive: "small"))
    try sum.merge(tally([Point(at: [9, 0, 0], truth: 99, prediction: 99)], drive: "empty"))
    let scores = try #require(try sum.result().protocols["kitti-front"]).points
    #expect(scores.iou["car"] == .some(0.9))
    #expect(scores.meanOverDrives["car"] == .some(0.5))
  }

  private func random(seed: UInt64) -> [Point] {
    var generator = Generator(state: seed)
    let ids: [UInt16] = [0, 99, 10, 30, 31]
    return (0..<500).map { _ in
      let truth = ids.randomElement(using: &generator) ?? 0
      let isRight = Int.random(in: 0..<10, using: &generator) < 3 + Int(seed % 5)
      return Point(
        at: SIMD3(
          Float.random(in: -90...90, using: &generator),
          Float.random(in: -90...90, using: &generator), 0),
        truth: truth, prediction: isRight ? truth : ids.randomElement(using: &generator) ?? 0)
    }
  }
}
