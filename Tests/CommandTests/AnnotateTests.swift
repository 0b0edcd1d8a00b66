#if Simulator
import Foundation
import PointCloudIO
import PointClouds
import TestSupport
import Testing

/// The verb `annotate` on a street that is made up.
@Suite struct AnnotateTests {
  private let files: SimulateFiles

  init() throws {
    files = try SimulateFiles()
    // Sixteen beams see enough of a car.
    let beams = (0..<16).map { "{elevation_deg: \(2 - $0)}" }.joined(separator: ", ")
    let table = """
      {name: sparse, title: Sparse, quality: nominal, source: made up, rotation_hz: 10,
       intensity_maximum: 1, azimuth_steps: [{step_deg: 0.5, share: 1}],
       range: {maximum_m: 100, quantum_m: 0.002}, beams: [\(beams)]}

      """
    try Data(table.utf8).write(to: URL(fileURLWithPath: files.sensor))
    let outcome = try files.simulate("truth", "--scenes", "2", "--set", "frames=3", "--quiet")
    try #require(outcome.status == 0, "\(outcome.err)")
  }

  private func annotate(_ more: String...) throws -> Program.Outcome {
    let truth = files.path("truth")
    return try Program.start(
      ["annotate", truth, "--replay", truth, "--least-points", "15"] + more
    ).outcome(timeout: 60)
  }

  private func rows(_ outcome: Program.Outcome, _ name: String) -> [[String: Any]] {
    outcome.json[name] as? [[String: Any]] ?? []
  }

  @Test func anIdealAnnotatorIsMeasuredAndItsWorkIsADataSet() throws {
    let out = files.path("out")
    let outcome = try annotate("--json", "--out", out)
    #expect(outcome.status == 0, "\(outcome.err)")
    #expect(outcome.json["scans"] as? Int == 6 && outcome.json["sweepsWithPose"] as? Int == 6)
    #expect(outcome.json["manualOperations"] as? Int == 4)
    let cars = try #require(
      rows(outcome, "oneClick").first { $0["objectClass"] as? String == "car" })
    let count = try #require(cars["objects"] as? Int)
    #expect(count > 5 && cars["boxes"] as? Int == count)
    let tracks = outcome.json["tracks"] as? [String: Any]
    #expect((tracks?["steps"] as? Int ?? 0) > 5)

    let info = try Program.run("info", out, "--classes", "--json")
    #expect(
      info.json["scans"] as? Int == 6 && info.json["labelledScans"] as? Int == 6, "\(info.err)")
    let points = (info.json["classes"] as? [String: Any])?["points"] as? [String: Int]
    #expect((points?["car"] ?? 0) > 100)
    let scores = try Program.run("evaluate", files.path("truth"), "--predictions", out, "--json")
    #expect(scores.status == 0, "\(scores.err)")
    let again = try Program.run(
      "annotate", files.path("truth"), "--replay", out, "--least-points", "15", "--json")
    #expect((again.json["origins"] as? [String: Int])?["box files"] == 6, "\(again.err)")
  }

  @Test func tablesSayTheSame() throws {
    let outcome = try annotate()
    #expect(outcome.status == 0)
    for words in [
      "6 sweeps, truth from KITTI boxes (6), 6 with poses", "one click for each object:",
      "with tracks:", "from one sweep to the next:", "by hand: 4 operations a box",
    ] {
      #expect(outcome.out.contains(words), "\(outcome.out)")
    }
  }

  @Test func truthIsNotWrittenOverAndAnnotationsAreNotMixed() throws {
    let over = try annotate("--out", files.path("truth"))
    #expect(
      over.status == 5 && over.isOneErrorWithHint && over.err.contains("--out"), "\(over.err)")
    #expect(try annotate("--out", files.path("out"), "--quiet").status == 0)
    let again = try annotate("--out", files.path("out"))
    #expect(again.status == 5 && again.isOneErrorWithHint, "\(again.err)")
  }

  @Test func aFullDiskLeavesAWholeJournal() throws {
    let truth = files.path("truth")
    let out = files.path("out")
    let full = try Program.shell(
      "ulimit -f 16; exec \"$0\" \"$@\"",
      ["annotate", truth, "--replay", truth, "--least-points", "15", "--out", out])
    #expect(full.status == 7 && full.isOneErrorWithHint, "\(full.err)")
    let journal = try Data(contentsOf: URL(fileURLWithPath: out + "/annotation.journal"))
    #expect(journal.count > 50 && journal.last == UInt8(ascii: "\n"))
    for line in journal.split(separator: UInt8(ascii: "\n")) {
      let json = try JSONSerialization.jsonObject(with: line.dropFirst(9)) as? [String: Any]
      #expect(json?.count == 1)
    }
  }

  @Test func labelsOfAnotherScanAreRefusedWithBothCounts() throws {
    let labels = files.path("truth/sequences/00/labels/000000.label")
    let count = try LabelFile.read(labels).count
    try LabelFile.write([PointLabel](repeating: .unlabelled, count: count + 3), to: labels)
    let outcome = try annotate()
    #expect(outcome.status == 4)
    #expect(
      outcome.err.contains("\(count + 3) labels for a scan of \(count) points"), "\(outcome.err)")
  }

  @Test func aTruthOfOtherFramesIsRefused() throws {
    _ = try files.simulate("other", "--scenes", "1", "--set", "frames=1", "--quiet")
    try FileManager.default.moveItem(
      atPath: files.path("other/sequences/00"), toPath: files.path("other/sequences/77"))
    let outcome = try Program.run(
      "annotate", files.path("truth"), "--replay", files.path("other"))
    #expect(outcome.status == 5 && outcome.isOneErrorWithHint, "\(outcome.err)")
  }
}
#endif
