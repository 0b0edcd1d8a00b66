import Foundation
import TestSupport
import Testing

/// Models that are adapted to scans without labels.
@Suite struct AdaptTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Simulated scans of a sensor, as the target.
  private func simulate(_ sensor: String, scenes: Int) throws -> String {
    let path = folder.path(sensor)
    let outcome = try Program.run(
      "simulate", path, "--scenes", "\(scenes)", "--sensor", sensor, "--set", "frames=1", "--seed",
      "5", "--quiet")
    try #require(outcome.status == 0, "\(outcome.err)")
    return path
  }

  @Test func calibrationPutsBlendedStatisticsIntoTheModel() throws {
    let target = try simulate("hdl64e-kitti", scenes: 3)
    let model = folder.path("calibrated.safetensors")
    let report = try Program.run(
      "calibrate", "--model", "front-small", "--target", target, "--out", model, "--blend", "0.5",
      "--layers", "conv1", "fire2", "--json")
    #expect(report.status == 0, "\(report.err)")
    #expect(try #require(report.json["scans"] as? Int) == 3)
    let layers = try #require(report.json["layers"] as? [[String: Any]])
    #expect(!layers.isEmpty)
    let shown = try Program.run("models", "show", model)
    #expect(shown.out.components(separatedBy: "domainBatchNormalization").count == layers.count + 1)
    let labelled = try Program.run(
      "segment", target, "--model", model, "--out", folder.path("labels"), "--format",
      "label,confidence", "--quiet")
    #expect(labelled.status == 0, "\(labelled.err)")
    // As many floats from 0 to 1 as there are labels of four bytes.
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path("labels"))
    let confidences = names.filter { $0.hasSuffix(".confidence") }
    #expect(confidences.count == 3)
    for name in confidences {
      let data = try Data(contentsOf: folder.url.appending(path: "labels/\(name)"))
      let label = name.replacingOccurrences(of: ".confidence", with: ".label")
      let labels = try Data(contentsOf: folder.url.appending(path: "labels/\(label)"))
      #expect(data.count == labels.count)
      let values = data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
      #expect(values.allSatisfy { (0...1).contains($0) } && values.contains { $0 > 0.5 })
    }
  }

  @Test(arguments: ["front-small", "front-fast"])
  func adaptationLearnsChoosesAndGoesOn(_ source: String) throws {
    let target = try simulate("hdl64e-kitti", scenes: 4)
    func adapt(_ out: String, _ more: String...) throws -> Program.Outcome {
      try Program.start(
        [
          "adapt", "--source", source, "--target", target, "--data", target, "--out",
          folder.path(out), "--set", "training.steps=2", "--set", "training.batch=4", "--set",
          "rounds=1", "--set", "simulatedImages=8", "--threads", "2", "--json", "--quiet",
        ] + more
      ).outcome(timeout: 300)
    }
    let first = try adapt("run")
    #expect(first.status == 0, "\(first.err)")
    let candidates = try #require(first.json["candidates"] as? [[String: Any]])
    #expect(candidates.compactMap { $0["name"] as? String } == ["source", "round 1"])
    let model = try #require(first.json["model"] as? String)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: model))
    let again = try adapt("run", "--resume", "auto")
    #expect(again.status == 0, "\(again.err)")
    #expect(try Data(contentsOf: URL(fileURLWithPath: model)) == bytes)
    #expect(try adapt("run").status != 0)
  }

  @Test func aModelThatCannotLearnOnIsRefusedBeforeAnythingIsMadeOfIt() throws {
    let target = try simulate("hdl64e-kitti", scenes: 2)
    let model = folder.path("calibrated.safetensors")
    let calibrated = try Program.run(
      "calibrate", "--model", "front-fast", "--target", target, "--out", model, "--quiet")
    #expect(calibrated.status == 0, "\(calibrated.err)")
    // Not even the scans are looked for.
    let outcome = try Program.run(
      "adapt", "--source", model, "--target", folder.path("nowhere"), "--out", folder.path("run"))
    #expect(outcome.status == 5 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("none that can be trained on"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("run")))
  }

  @Test func learnedIntensitiesAreComparedWithThePhysicalOnes() throws {
    let target = try simulate("hdl64e-kitti", scenes: 2)
    let run = folder.path("intensities")
    let trained = try Program.start([
      "train", "--recipe", "intensity", "--out", run, "--set", "batch=2", "--set", "steps=2",
      "--set", "network.width=0.1", "--set",
      "data=[{path: '\(target)', kind: scans, domain: target}]", "--threads", "2", "--quiet",
    ]).outcome(timeout: 300)
    #expect(trained.status == 0, "\(trained.err)")
    let compared = try Program.run(
      "realism", target, target, "--rendered-by", run + "/final.safetensors", "--json")
    #expect(compared.status == 0, "\(compared.err)")
    func intensities(_ object: Any?) -> Double? {
      ((object as? [String: Any])?["distances"] as? [String: Any])?["intensities"] as? Double
    }
    let rendered = try #require(intensities(compared.json["rendered"]))
    let physical = try #require(intensities(compared.json))
    #expect(physical < 1e-9 && rendered > 1e-3)
    let refused = try Program.run(
      "realism", target, target, "--rendered-by", "Models/front-small.safetensors")
    #expect(refused.status != 0 && refused.isOneErrorWithHint, "\(refused.err)")
  }

  @Test func scansOfAnotherSensorAreRefusedByName() throws {
    let target = try simulate("vlp16", scenes: 4)
    let outcome = try Program.run(
      "calibrate", "--model", "front-small", "--target", target, "--out",
      folder.path("none.safetensors"))
    #expect(outcome.status == 5 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("vlp16 (16 beams)"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("none.safetensors")))
  }

  @Test func aLayerThatThereIsNotIsNamed() throws {
    let target = try simulate("hdl64e-kitti", scenes: 2)
    let outcome = try Program.run(
      "calibrate", "--model", "front-small", "--target", target, "--out", folder.path("x"),
      "--layers", "fire99")
    #expect(outcome.status == 5 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("fire99") && outcome.err.contains("conv1_skip"))
  }
}
