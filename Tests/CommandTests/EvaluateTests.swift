import Foundation
import TestSupport
import Testing

/// The verb that measures.
@Suite struct EvaluateTests {
  private let files: CommandFiles

  init() throws {
    files = try CommandFiles()
    for drive in ["a", "b"] {
      for frame in 0..<2 { try write(drive, frame) }
    }
  }

  private func write(_ drive: String, _ frame: Int, points: Int = 400) throws {
    let name = String(format: "%06d", frame)
    _ = try files.scan(
      "set/\(drive)/velodyne/\(name).bin", points: points, seed: UInt64(drive.utf8.count + frame))
    let ids: [UInt8] = [99, 10, 30, 31, 0]
    for folder in ["set/\(drive)/labels", "said/\(drive)"] {
      let labels = (0..<points).flatMap { point -> [UInt8] in
        let isChanged = folder.hasPrefix("said") && point % 4 == 0
        return [isChanged ? 99 : ids[point % ids.count], 0, 0, 0]
      }
      _ = try files.write(labels, to: "\(folder)/\(name).label")
    }
  }

  private func evaluate(_ more: String...) throws -> Program.Outcome {
    try Program.start(
      ["evaluate", files.path("set"), "--from", "kitti-bin", "--protocol", "sweep-360"] + more
    ).outcome(timeout: 60)
  }

  private func value(_ outcome: Program.Outcome, _ path: String...) -> Any? {
    var value: Any? = outcome.json
    for name in path { value = (value as? [String: Any])?[name] }
    return value
  }

  @Test func aModelIsMeasuredWithEverythingBesideIt() throws {
    let outcome = try evaluate("--model", files.model, "--compare-settings", "--json")
    #expect(outcome.status == 0, "\(outcome.err)")
    let coverage = try #require(value(outcome, "coverage") as? [String: Any])
    let parts = ["visible", "shadowed", "outside", "invalid", "ignored"].compactMap {
      coverage[$0] as? Int
    }
    #expect(parts.count == 5 && parts.reduce(0, +) == 1600)
    #expect(coverage["points"] as? Int == 1600)
    let settings = value(outcome, "protocols", "sweep-360", "settings") as? [[String: Any]]
    // The tiny model has a CRF.
    #expect(settings?.map { $0["usesCRF"] as? Bool } == [true, true, true, false, false, false])
    #expect(
      settings?.map { $0["usesObjects"] as? Bool } == [true, false, false, true, false, false])
    #expect(settings?.map { $0["usesVote"] as? Bool } == [true, true, false, true, true, false])
    let points = value(outcome, "protocols", "sweep-360", "points", "iou") as? [String: Double]
    #expect(settings?[0]["iou"] as? [String: Double] == points && points != nil)
    #expect(value(outcome, "protocols", "sweep-360", "calibration", "expectedError") is Double)
    #expect(value(outcome, "protocols", "sweep-360", "pixels", "scans") as? Int == 4)
  }

  @Test func withoutTheVoteTheScoresAreThoseOfThatSetting() throws {
    let outcome = try evaluate(
      "--model", files.model, "--compare-settings", "--post", "none", "--json")
    let settings = value(outcome, "protocols", "sweep-360", "settings") as? [[String: Any]]
    let points = value(outcome, "protocols", "sweep-360", "points", "iou") as? [String: Double]
    #expect(settings?[2]["iou"] as? [String: Double] == points && points != nil)
  }

  @Test func aDamagedScanIsNamedCountedAndLeftOutWhole() throws {
    let path = files.path("set/a/velodyne/000001.bin")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    _ = try files.write(Array(bytes.dropLast(5)), to: "set/a/velodyne/000001.bin")
    _ = try files.write([1, 2, 3], to: "set/b/labels/000000.label")
    let outcome = try evaluate("--model", files.model, "--json")
    #expect(outcome.status == 4, "\(outcome.err)")
    #expect(outcome.err.contains("a/velodyne/000001.bin") && outcome.err.contains("hint: "))
    #expect(outcome.err.contains("b/labels/000000.label"))
    #expect(outcome.json["damagedScans"] as? Int == 2 && outcome.json["scans"] as? Int == 2)
    #expect(value(outcome, "counts", "points") as? Int == 800)
    let table = try evaluate("--model", files.model, "--fail-under", "miou=1")
    #expect(table.status == 4 && table.out.contains("damaged scans: 2, left out"))
    #expect(table.err.contains("IoU of mean is"))
  }

  @Test func whereAllScansAreDamagedNothingIsReported() throws {
    for drive in ["a", "b"] {
      for frame in ["000000", "000001"] {
        _ = try files.write([1], to: "set/\(drive)/labels/\(frame).label")
      }
    }
    let outcome = try evaluate("--model", files.model, "--json")
    #expect(outcome.status == 4 && outcome.out.isEmpty, "\(outcome.err)")
    #expect(outcome.err.contains("none of 4 labelled scans could be scored"))
  }

  @Test func aSetWithoutLabelsIsAnErrorAndScansWithoutAreCounted() throws {
    let folder = try files.scans("bare/velodyne", count: 2)
    let none = try Program.run("evaluate", folder, "--model", files.model, "--from", "kitti-bin")
    #expect(none.status == 5 && none.isOneErrorWithHint && none.out.isEmpty, "\(none.err)")
    #expect(none.err.contains("none of 2 scans has labels"))
    try FileManager.default.removeItem(atPath: files.path("set/b/labels/000001.label"))
    let some = try evaluate("--model", files.model, "--json")
    #expect(some.status == 0 && some.json["unlabelledScans"] as? Int == 1, "\(some.err)")
    #expect(some.json["scans"] as? Int == 3)
  }

  @Test func labelsOfAFolderAreComparedWithAModelAndWithThemselves() throws {
    let said = files.path("said")
    let model = try evaluate("--predictions", said, "--against", files.model, "--json")
    #expect(model.status == 0, "\(model.err)")
    #expect(value(model, "comparison", "against") as? String == files.model)
    let path = ["comparison", "protocols", "sweep-360"]
    let gain = value(model, path[0], path[1], path[2], "difference", "car") as? Double
    #expect(gain ?? 0 > 0.3)
    #expect(value(model, "coverage") == nil)
    let same = try evaluate("--predictions", said, "--against", said, "--json")
    #expect(value(same, path[0], path[1], path[2], "difference", "car") as? Double == 0)
    let truth = try evaluate("--model", files.model, "--against", said)
    #expect(truth.out.contains("difference") && truth.out.contains(said))
  }

  @Test func aMissingPredictionEndsTheJob() throws {
    try FileManager.default.removeItem(atPath: files.path("said/b/000001.label"))
    let outcome = try evaluate("--predictions", files.path("said"))
    #expect(outcome.status == 5 && outcome.isOneErrorWithHint && outcome.out.isEmpty)
    #expect(outcome.err.contains("no prediction for frame 000001 of drive b"), "\(outcome.err)")
  }

  @Test func thePageShowsTheWorstScans() throws {
    for predictor in [["--model", files.model], ["--predictions", files.path("said")]] {
      let page = files.path("page.html")
      let outcome = try Program.start(
        [
          "evaluate", files.path("set"), "--from", "kitti-bin", "--html", page, "--worst", "3",
          "--protocol", "sweep-360",
        ] + predictor
      ).outcome(timeout: 60)
      #expect(outcome.status == 0, "\(outcome.err)")
      let text = try String(contentsOfFile: page, encoding: .utf8)
      #expect(text.components(separatedBy: "data:image/png;base64,").count == 4)
    }
  }

  @Test(arguments: [
    ["--worst", "-1"], ["--worst", "many"], ["--predictions", "p", "--compare-settings"],
  ])
  func aWrongCommandLineIsRefused(_ more: [String]) throws {
    let outcome = try Program.start(["evaluate", "a"] + more).outcome(timeout: 60)
    #expect(outcome.status == 2 && outcome.isOneErrorWithHint, "\(outcome.err)")
  }
}
