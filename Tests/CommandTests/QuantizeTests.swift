import Foundation
import TestSupport
import Testing

/// The verb `quantize`, and what other verbs make of its models.
@Suite struct QuantizeTests {
  private let folder: TemporaryFolder
  private let target: String

  init() throws {
    folder = try TemporaryFolder()
    target = folder.path("target")
    let outcome = try Program.run(
      "simulate", target, "--scenes", "2", "--set", "frames=1", "--quiet")
    #expect(outcome.status == 0, "\(outcome.err)")
  }

  @Test func aModelInBytesKeepsTheClassesAndIsNotTrainedOn() throws {
    let model = folder.path("bytes.safetensors")
    let report = try Program.run(
      "quantize", "front-fast", "--target", target, "--out", model, "--json")
    #expect(report.status == 0, "\(report.err)")
    #expect((report.json["agreement"] as? Double ?? 0) > 0.97)
    let layers = try Program.run("describe", model, "--json").json["layers"] as? [[String: Any]]
    let results = layers?.compactMap { $0["result"] as? String } ?? []
    #expect(results.filter { $0.hasPrefix("u8") }.count > 5)
    let again = try Program.run("quantize", model, "--target", target, "--out", folder.path("x"))
    #expect(again.status == 2 && again.isOneErrorWithHint, "\(again.err)")
    let calibrated = try Program.run(
      "calibrate", "--model", model, "--target", target, "--out", folder.path("x"))
    #expect(calibrated.status == 2 && calibrated.err.contains("runs in bytes"))
    try checkProgram(of: model)
  }

  /// Half of each score chooses the same classes, and is not what the model says all the same.
  private func checkProgram(of model: String) throws {
    let out = folder.path("c")
    let exported = try run(["export", model, "--to", "c", "--out", out, "--verify"])
    #expect(exported.status == 0, "\(exported.err)")
    let golden = URL(fileURLWithPath: "\(out)/golden-scores.f32")
    let before = try Program.shell("sha256sum < \"$1\" | cut -c1-64 | tr -d '\\n'", [golden.path])
      .out
    let halved = try Data(contentsOf: golden).withUnsafeBytes { bytes in
      bytes.bindMemory(to: Float.self).map { $0 / 2 }
    }
    try halved.withUnsafeBytes { Data($0) }.write(to: golden)
    let forgiven = try Program.shell(
      "sed -i s/\(before)/$(sha256sum < \"$1\" | cut -c1-64)/ \"$2/export-c.json\"",
      [golden.path, out])
    #expect(forgiven.status == 0 && before.count == 64)
    let checked = try run(["export", "--verify-only", out, "--quiet"])
    #expect(checked.status == 6 && checked.isOneErrorWithHint, "\(checked.err)")
    #expect(checked.err.contains("scores differ by up to"), "\(checked.err)")
    #expect(!checked.err.contains("classes agree, less than"), "\(checked.err)")
  }

  private static let short = [
    "--set", "steps=4", "--set", "batch=2", "--set", "schedule.warmupSteps=1", "--set",
    "rounding.calibrationImages=2", "--set", "validation.steps=2",
  ]

  private func run(_ arguments: [String]) throws -> Program.Outcome {
    try Program.start(arguments).outcome(timeout: 120)
  }

  @Test func aModelLearnsOnWithItsNumbersRoundedAndRunsInBytes() throws {
    let streets = folder.path("streets")
    let simulated = try Program.run(
      "simulate", streets, "--scenes", "4", "--set", "frames=1", "--format", "shards", "--quiet")
    #expect(simulated.status == 0, "\(simulated.err)")
    let model = folder.path("learned.safetensors")
    let outcome = try run(
      ["quantize", "front-fast", "--learn", folder.path("run"), "--data", streets, "--validation"]
        + [streets, "--out", model, "--json", "--set", "rounding.weightBits=4"] + Self.short)
    #expect(outcome.status == 0, "\(outcome.err)")
    let (floats, rounded) = (outcome.json["floats"] as? Double, outcome.json["rounded"] as? Double)
    #expect((floats ?? 0) > 0.2 && (rounded ?? 0) > 0.6 * (floats ?? 1), "\(outcome.out)")
    let other = try run([
      "quantize", "front-small", "--learn", folder.path("run"), "--data", streets, "--out", model,
      "--resume", "auto",
    ])
    #expect(other.status == 5 && other.isOneErrorWithHint, "\(other.err)")
    #expect(other.err.contains("began with another model"), "\(other.err)")
    let layers = try Program.run("describe", model, "--json").json["layers"] as? [[String: Any]]
    let results = layers?.compactMap { $0["result"] as? String } ?? []
    #expect(results.filter { $0.hasPrefix("u8") }.count > 5)
  }

  @Test func bitsAreSearchedAndThePlanLearnsOn() throws {
    let streets = folder.path("streets")
    let simulated = try Program.run(
      "simulate", streets, "--scenes", "5", "--set", "frames=1", "--format", "shards", "--quiet")
    #expect(simulated.status == 0, "\(simulated.err)")
    let training = Self.short.map { argument in
      argument.contains("rounding")
        ? "bits.calibrationImages=2" : argument.contains("=") ? "training.\(argument)" : argument
    }
    let outcome = try run(
      ["quantize", "front-fast", "--search", folder.path("run"), "--target-kib", "90"]
        + ["--data", streets, "--validation", streets, "--out", folder.path("mixed.safetensors")]
        + ["--set", "schedule.steps=6", "--set", "schedule.warmupSteps=2", "--json"]
        + ["--set", "bits.weights=[2, 8]"] + training)
    #expect(outcome.status == 0, "\(outcome.err)")
    let rows = try #require(outcome.json["rows"] as? [[String: Any]])
    #expect(
      rows.compactMap { $0["name"] as? String }
        == ["mixed-1", "uniform-8", "uniform-2", "front-fast"])
    let size = rows[0]["kibibytes"] as? Double ?? 0
    #expect(abs(size / 90 - 1) < 0.05, "\(size)")
    let unreachable = try run(
      ["quantize", "front-fast", "--search", folder.path("other"), "--target-kib", "1"]
        + ["--data", streets, "--validation", streets, "--out", folder.path("x")])
    #expect(unreachable.status == 5, "\(unreachable.err)")
    #expect(unreachable.err.contains("no network of this space takes 1 KiB"), "\(unreachable.err)")
  }

  @Test func whatDoesNotGoTogetherIsRefused() throws {
    for arguments in [
      ["--target", target, "--learn", folder.path("run")], [],
      ["--target", target, "--set", "steps=1"], ["--target", target, "--target-kib", "3"],
    ] {
      let outcome = try run(
        ["quantize", "front-fast", "--out", folder.path("x")] + arguments)
      #expect(outcome.status == 2, "\(arguments): \(outcome.err)")
    }
    let outcome = try run([
      "quantize", "front-fast", "--learn", folder.path("run"), "--data", target, "--out",
      folder.path("x"), "--set", "rounding.exceptions=[{name: nowhere/kernels, bits: 4}]",
    ])
    #expect(outcome.status == 5, "\(outcome.err)")
    #expect(outcome.err.contains("nowhere/kernels"), "\(outcome.err)")
    let unrounded = try run([
      "quantize", "front-fast", "--learn", folder.path("run"), "--data", target, "--out",
      folder.path("x"), "--recipe", "squeezesegv2-small",
    ])
    #expect(unrounded.status == 2 && unrounded.isOneErrorWithHint, "\(unrounded.err)")
    #expect(unrounded.err.contains("rounds nothing"), "\(unrounded.err)")
  }
}
