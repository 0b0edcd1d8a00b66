import Datasets
import Evaluation
import PointClouds
import Testing

/// Two models on the same scans.
@Suite struct ComparisonTests {
  private let map: LabelMap

  init() throws { map = try LabelMap.bundled("four-classes") }

  /// `change` makes another model's prediction of each scan.
  private func tally(
    drives: Int = 8, order: [Int]? = nil, _ change: (Int, EvaluatedScan) -> EvaluatedScan = { $1 }
  ) throws -> Tally {
    var tally = Tally(labelMap: map)
    for drive in order ?? Array(0..<drives) {
      let scan = try RandomEvaluatedScan(seed: UInt64(drive), drive: "d\(drive)").scan
      try tally.add(change(drive, scan))
    }
    return tally
  }

  private func perfect(_ scan: EvaluatedScan) -> EvaluatedScan {
    var scan = scan
    scan.prediction = scan.truth
    return scan
  }

  private func differences(_ first: Tally, _ second: Tally) throws -> Comparison.Differences {
    let comparison = try first.comparison(with: second, names: ("a", "b"))
    #expect(comparison.name == "a" && comparison.against == "b")
    return try #require(comparison.protocols["sweep-360"])
  }

  @Test func aModelDoesNotDifferFromItself() throws {
    let one = try tally()
    let found = try differences(one, one)
    for name in ["background", "car", "person", "cyclist", "mean"] {
      #expect(found.difference[name] == .some(0))
      #expect(found.interval[name] == .some([0, 0]))
    }
  }

  @Test func differencesAreOfTheScoresAndTurnWithTheOrder() throws {
    let (poor, good) = try (tally(), tally { _, scan in perfect(scan) })
    let (up, down) = try (differences(good, poor), differences(poor, good))
    let iou = try #require(try poor.result().protocols["sweep-360"]).points.iou
    for (name, value) in iou {
      let poorIoU = try #require(value)
      #expect(up.iou[name] == .some(poorIoU) && down.iou[name] == .some(1))
      #expect(up.difference[name] == .some(1 - poorIoU))
      #expect(down.difference[name] == .some(poorIoU - 1))
      let ends = try #require(up.interval[name] ?? nil)
      #expect(ends[0] < 1 - poorIoU && 1 - poorIoU < ends[1])
    }
  }

  @Test func whatDrivesHaveInCommonDoesNotWidenTheInterval() throws {
    // The drives differ much, and the second model is a little better on each.
    func model(_ extra: Int) throws -> Tally {
      try tally { drive, scan in
        var scan = scan
        let right = scan.truth.count * (drive + 1) / 10 + extra
        for index in scan.truth.indices {
          scan.prediction[index] =
            index < right ? scan.truth[index] : PointLabel(semantic: 99)
        }
        return scan
      }
    }
    let (worse, better) = try (model(0), model(12))
    let paired = try #require(try differences(better, worse).interval["mean"] ?? nil)
    let own = try #require(
      try better.result().protocols["sweep-360"]?.points.interval["mean"] ?? nil)
    #expect(paired[0] > 0)
    #expect(paired[1] - paired[0] < (own[1] - own[0]) / 3)
  }

  @Test func theOrderOfCountingDoesNotMatter() throws {
    let (first, second) = try (tally(), tally(order: [5, 1, 7, 0, 2, 6, 4, 3]))
    #expect(try first.result() == second.result())
    #expect(try differences(first, second) == differences(first, first))
  }

  @Test func modelsOnDifferentScansAreNotCompared() throws {
    let one = try tally()
    let fewer = try tally(drives: 7)
    let otherTruth = try tally { drive, scan in
      var scan = scan
      if drive == 3 { scan.truth = scan.truth.map { _ in PointLabel(semantic: 10) } }
      return scan
    }
    for other in [fewer, otherTruth] {
      #expect(throws: EvaluationError.self) { try one.comparison(with: other, names: ("a", "b")) }
    }
  }

  @Test func drawsOfScansAreNarrowerWhereScansOfADriveAreAlike() throws {
    var tally = Tally(labelMap: map)
    for drive in 0..<6 {
      for frame in 0..<10 {
        var scan = try RandomEvaluatedScan(seed: UInt64(drive), drive: "d\(drive)").scan
        scan.frame = "\(frame)"
        if drive < 3 { scan = perfect(scan) }
        try tally.add(scan)
      }
    }
    let points = try #require(try tally.result().protocols["sweep-360"]).points
    let (drives, scans) = (points.interval["mean"] ?? nil, points.intervalOverScans["mean"] ?? nil)
    let (wide, narrow) = (try #require(drives), try #require(scans))
    #expect(narrow[1] - narrow[0] < (wide[1] - wide[0]) / 2)
  }
}
