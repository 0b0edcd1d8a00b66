import Exchange
import Execution
import Export
import Foundation
import Graphs
import Kernels
import TestSupport
import Testing

/// The verb, with Python and ONNX Runtime at hand.
@Suite struct ExportAcceptanceTests {
  @Test(arguments: BundledModels.names)
  func aBundledModelIsComputedByAnotherProgramAsByThisOne(_ name: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      "export", name, "--to", "onnx", "--out", folder.path("out"), "--verify", "--json",
      timeout: 300)
    #expect(outcome.status == 0, "\(outcome.err)")
    let found = try #require(
      (outcome.json["onnx"] as? [String: Any])?["verification"] as? [String: Any])
    #expect(found["passed"] as? Bool == true && found["agreement"] as? Double == 1)
    #expect((found["greatestDifference"] as? Double ?? 1) <= 1e-4)
  }

  @Test func aFileWithEverythingIsVerifiedAndVerifiedAgain() throws {
    let folder = try TemporaryFolder()
    let out = folder.path("out")
    let first = try Program.run(
      "export", "front-small", "--out", out, "--with-softmax", "--with-argmax",
      "--with-normalisation", "--verify", timeout: 120)
    #expect(first.status == 0 && first.err.contains("100 % of the classes agree"), "\(first.err)")
    let second = try Program.run("export", "--verify-only", out, "--json", timeout: 120)
    #expect(second.status == 0, "\(second.err)")
    let byHand = try Program.shell("python3 \"$1/verify.py\"", [out], timeout: 120)
    #expect(byHand.status == 0 && byHand.out.contains("scores differ by up to"), "\(byHand.err)")
  }

  @Test func aNetworkOnBytesIsVerifiedWithinItsSteps() throws {
    let folder = try TemporaryFolder()
    var model = try BundledModels.model(named: "front-small")
    let graph = try model.description.graph.optimizedForInference()
    let geometry = model.description.geometry
    let session = try Session(
      graph, parameters: model.parameters, backend: .fastest, threadCount: 2)
    session.withUnsafeInput("features") {
      FeatureImage(model.description.input, intensityScale: 1)
        .fill($0, from: GoldenScan.image(of: geometry))
    }
    var ranges = ActivationRanges()
    ranges.add(runOf: session)
    model.description.graph = try graph.quantized(ranges.byNode)
    try ModelFile.write(model, to: folder.path("bytes.safetensors"))
    let outcome = try Program.run(
      "export", folder.path("bytes.safetensors"), "--out", folder.path("out"), "--verify",
      "--json", timeout: 120)
    #expect(outcome.status == 0, "\(outcome.err)")
    let exported = try #require(
      (outcome.json["onnx"] as? [String: Any])?["exported"] as? [String: Any])
    #expect(exported["isQuantized"] as? Bool == true)
  }

  @Test func otherWeightsAreFoundByTheirScores() throws {
    let folder = try TemporaryFolder()
    let out = folder.url.appending(path: "out")
    _ = try Program.run("export", "front-small", "--out", out.path, timeout: 120)
    let url = out.appending(path: "front-small.onnx")
    var file = try Data(contentsOf: url)
    // Behind a name, a tag and a length come the weights: the sign of each is in its fourth byte.
    let name = try #require(
      file.range(of: Data("fire5/expand3x3/kernels/folded".utf8), options: .backwards))
    let weights = name.upperBound + 4
    for position in stride(from: weights + 3, to: weights + 4000, by: 4) { file[position] ^= 0x80 }
    try file.write(to: url)
    let before = try Program.run("export", "--verify-only", out.path, timeout: 120)
    #expect(before.status == 6 && before.err.contains("front-small.onnx has changed"))
    try forgive(file, in: out)
    let after = try Program.run("export", "--verify-only", out.path, "--json", timeout: 120)
    #expect(after.status == 6, "\(after.err)")
    #expect(after.err.contains("scores differ by up to") && after.err.contains("row"))
    let found = try #require(
      (after.json["onnx"] as? [String: Any])?["verification"] as? [String: Any])
    #expect((found["greatestDifference"] as? Double ?? 0) > 1e-4)
  }

  @Test func aFileThatIsNoneIsRefusedByTheRuntime() throws {
    let folder = try TemporaryFolder()
    let out = folder.url.appending(path: "out")
    _ = try Program.run("export", "front-small", "--out", out.path, timeout: 120)
    let url = out.appending(path: "front-small.onnx")
    let file = try Data(contentsOf: url).prefix(20_000)
    try file.write(to: url)
    try forgive(Data(file), in: out)
    let outcome = try Program.run("export", "--verify-only", out.path, timeout: 120)
    #expect(outcome.status == 6 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("front-small.onnx does not run"))
  }

  /// Lets a manifest take a file as it is now.
  private func forgive(_ file: Data, in folder: URL) throws {
    var manifest = try ExportManifest(folder: folder)
    let position = try #require(manifest.files.firstIndex { $0.name == manifest.file })
    manifest.files[position] = ExportManifest.File(manifest.file, file)
    try JSONEncoder().encode(manifest).write(
      to: folder.appending(path: ExportManifest.fileName))
  }
}
