import Datasets
import Evaluation
import Foundation
import PointClouds
import Testing

@Suite struct EvaluationResultTests {
  /// Two drives; 4 cars (3 found), 2 background (1 taken for a car), 1 ignored.
  private func result() throws -> EvaluationResult {
    var tally = Tally(labelMap: try LabelMap.bundled("four-classes"))
    let truth: [UInt16] = [10, 10, 10, 10, 99, 99, 0]
    let prediction: [UInt16] = [10, 10, 10, 99, 99, 10, 10]
    for drive in ["a", "b"] {
      try tally.add(
        EvaluatedScan(
          drive: drive,
          cloud: PointCloud(
            x: [5, 15, 25, 45, 5, 15, 25], y: [Float](repeating: 0, count: 7),
            z: [Float](repeating: 0, count: 7), intensity: [Float](repeating: 0, count: 7)),
          truth: truth.map { PointLabel(semantic: $0) },
          prediction: prediction.map { PointLabel(semantic: $0) }))
    }
    return try tally.result()
  }

  @Test func theJSONHasTheDocumentedNames() throws {
    let data = try JSONEncoder().encode(result())
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let protocols = try #require(json["protocols"] as? [String: [String: Any]])
    #expect(Set(protocols.keys) == ["kitti-front", "sweep-360"])
    let front = try #require(protocols["kitti-front"])
    let points = try #require(front["points"] as? [String: Any])
    let iou = try #require(points["iou"] as? [String: Any])
    #expect(Set(iou.keys) == ["background", "car", "person", "cyclist", "mean"])
    #expect(iou["car"] as? Double == 0.6)
    #expect(iou["mean"] as? Double == 0.6)
    #expect(iou["person"] is NSNull)
    #expect((points["precision"] as? [String: Any])?["car"] as? Double == 0.75)
    #expect((points["recall"] as? [String: Any])?["car"] as? Double == 0.75)
    #expect((points["interval"] as? [String: Any])?["car"] as? [Double] == [0.6, 0.6])
    for counts in [json["counts"], front["counts"]] {
      let counts = try #require(counts as? [String: Int])
      #expect(counts["points"] == 14 && counts["scored"] == 12 && counts["ignored"] == 2)
    }
    let range = try #require((protocols["sweep-360"]?["ranges"] as? [[String: Any]])?.last)
    #expect(range["to"] is NSNull)
  }

  @Test func aResultSurvivesJSON() throws {
    let result = try result()
    let data = try JSONEncoder().encode(result)
    #expect(try JSONDecoder().decode(EvaluationResult.self, from: data) == result)
  }

  @Test func theTableIsAligned() throws {
    let sections = try result().table().components(separatedBy: "sweep-360: ")
    #expect(sections.count == 2)
    #expect(
      sections[0] == """
        kitti-front: 2 scans, 14 points, 12 scored, 2 ignored

        class          IoU  precision  recall  95 % of drives   95 % of scans  mean of drives
        background   33.33      50.00   50.00  33.33 to 33.33  33.33 to 33.33           33.33
        car          60.00      75.00   75.00  60.00 to 60.00  60.00 to 60.00           60.00
        person           -          -       -               -               -               -
        cyclist          -          -       -               -               -               -
        mean         60.00      75.00   75.00  60.00 to 60.00  60.00 to 60.00           60.00
        mean of all  46.67

        range    points  background     car  person  cyclist    mean
        0-10 m        4      100.00  100.00       -        -  100.00
        10-20 m       4        0.00   50.00       -        -   50.00
        20-40 m       2           -  100.00       -        -  100.00
        40-80 m       2        0.00    0.00       -        -    0.00

        drive  scans  points  background    car  person  cyclist   mean
        a          1       6       33.33  60.00       -        -  60.00
        b          1       6       33.33  60.00       -        -  60.00

        truth \\ prediction  background  car  person  cyclist
        background                   2    2       0        0
        car                          2    6       0        0
        person                       0    0       0        0
        cyclist                      0    0       0        0


        """)
  }

  @Test func theConfusionIsToldInPercentOfTheTruthWhereAsked() throws {
    let lines = try result().table(showsShares: true).split(separator: "\n")
    let head = try #require(lines.firstIndex { $0.hasPrefix("% of truth") })
    #expect(
      lines[head..<head + 4].map { $0.split(separator: " ").suffix(4) } == [
        ["background", "car", "person", "cyclist"], ["50.00", "50.00", "0.00", "0.00"],
        ["25.00", "75.00", "0.00", "0.00"], ["-", "-", "-", "-"],
      ])
    #expect(try !result().table().contains("% of truth"))
  }

  @Test func whatCannotBeToldIsMissing() throws {
    let data = try JSONEncoder().encode(result())
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let front = try #require((json["protocols"] as? [String: [String: Any]])?["kitti-front"])
    let names = [
      "coverage", "calibration", "pixels", "vansIgnored", "shellIgnored", "boxes", "settings",
    ]
    for name in names { #expect(front[name] == nil, "\(name)") }
    #expect(json["comparison"] == nil && json["coverage"] == nil)
    #expect(json["damagedScans"] as? Int == 0 && json["unlabelledScans"] as? Int == 0)
    let worst = try #require(json["worstScans"] as? [[String: Any]])
    #expect(worst.map { $0["wrong"] as? Int } == [2, 2])
  }

  @Test func scoresBelowTheirThresholdFail() throws {
    let result = try result()
    let passed = try Thresholds("car=0.6,miou=0.6", classes: result.classes)
    #expect(passed.failures(in: result).isEmpty)
    let failed = try Thresholds("car=0.61,mean=0.2,person=0", classes: result.classes)
    #expect(
      failed.failures(in: result).map(\.description) == [
        "IoU of car is 0.6, below 0.61", "IoU of person is not defined, and should be 0.0",
      ])
  }

  @Test(arguments: [
    ("cra=0.5", "no class 'cra'"), ("car", "not NAME=SCORE"), ("car=60", "'60' is not a score"),
    ("car=nan", "'nan' is not a score"), ("", "not NAME=SCORE"), ("car=0.5,", "not NAME=SCORE"),
    ("car=0.5,car=0.6", "given twice"), ("miou=0.1,mean=0.1", "given twice"),
    ("car=", "'' is not a score"), ("car=-0.1", "'-0.1' is not a score"),
  ])
  func aFaultyThresholdIsRefused(text: String, message: String) {
    #expect {
      try Thresholds(text, classes: ["background", "car"])
    } throws: { error in
      guard let error = error as? EvaluationError else { return false }
      return error.code == .invalidThreshold && error.message.contains(message)
    }
  }
}
