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
  }
}
