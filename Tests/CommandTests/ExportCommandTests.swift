import Exchange
import Foundation
import Graphs
import TestSupport
import Testing

/// The verb `export`, as far as it needs no Python.
@Suite struct ExportCommandTests {
  private let files: CommandFiles

  init() throws {
    files = try CommandFiles()
  }

  @Test func aFolderHoldsTheFileAndWhatChecksIt() throws {
    let outcome = try Program.run(
      "export", files.model, "--to", "onnx", "--out", files.path("o"), "--json")
    #expect(outcome.status == 0 && outcome.err.isEmpty, "\(outcome.err)")
    #expect(
      files.files("o").sorted() == [
        "export.json", "golden-input.npy", "golden-mask.npy", "golden-scores.npy", "tiny.onnx",
        "verify.py",
      ])
    let onnx = try #require(outcome.json["onnx"] as? [String: Any])
    let exported = try #require(onnx["exported"] as? [String: Any])
    #expect(exported["file"] as? String == "tiny.onnx" && onnx["nodes"] is Int)
    #expect(onnx["verification"] == nil && outcome.json["c"] == nil)
  }

  @Test func aFolderHoldsOneModel() throws {
    let both = try Program.run(
      "export", files.model, "--to", "onnx, c", "--out", files.path("o"), "--quiet")
    #expect(both.status == 0, "\(both.err)")
    let before = files.files("o").sorted()
    let other = try Program.run("export", "front-fast", "--to", "c", "--out", files.path("o"))
    #expect(other.status == 5 && other.isOneErrorWithHint, "\(other.err)")
    #expect(other.err.contains("holds the model tiny, not front-fast"), "\(other.err)")
    #expect(files.files("o").sorted() == before)
  }

  @Test func whatItTakesAsCIsDescribed() throws {
    let exported = try Program.run(
      "export", files.model, "--to", "c", "--out", files.path("o"), "--json")
    let manifest = (exported.json["c"] as? [String: Any])?["exported"] as? [String: Any]
    let c = try #require(
      try Program.run("describe", files.model, "--json").json["c"] as? [String: Any])
    #expect(c["arenaBytes"] as? Int == manifest?["arenaBytes"] as? Int)
    #expect(c["weightBytes"] as? Int == manifest?["weightBytes"] as? Int)
    #expect((c["arenaBytes"] as? Int ?? 0) > 0)
  }

  @Test func talkSaysWhatGoesInAndWhatComesOut() throws {
    let outcome = try Program.run(
      "export", files.model, "--out", files.path("o"), "--with-argmax", "--with-softmax",
      "--with-normalisation")
    #expect(outcome.status == 0 && outcome.out.isEmpty)
    for words in ["image [1, 6, 16, 64]", "probabilities [1, 4, 16, 64]", "classes [1, 16, 64]"] {
      #expect(outcome.err.contains(words), "\(outcome.err)")
    }
  }

  @Test func aFolderThatHasChangedFailsItsCheck() throws {
    _ = try Program.run("export", files.model, "--out", files.path("o"))
    _ = try files.write([1, 2, 3], to: "o/golden-scores.npy")
    let outcome = try Program.run("export", "--verify-only", files.path("o"))
    #expect(outcome.status == 6 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("golden-scores.npy has changed"))
  }

  @Test func aProgramInCIsCompiledAndChecked() throws {
    let outcome = try Program.run(
      "export", files.model, "--to", "c", "--out", files.path("o"), "--verify", "--json")
    #expect(outcome.status == 0, "\(outcome.err)")
    #expect(
      files.files("o").sorted() == [
        "export-c.json", "golden-features.f32", "golden-mask.f32", "golden-scores.f32", "tiny.c",
        "tiny.h", "tiny_main.c", "tiny_weights.c",
      ])
    let c = try #require(outcome.json["c"] as? [String: Any])
    let verification = try #require(c["verification"] as? [String: Any])
    #expect(verification["passed"] as? Bool == true)
    #expect((verification["greatestDifference"] as? Double ?? 1) < 1e-4)
  }

  @Test func bothFormsAreOneObject() throws {
    let outcome = try Program.run(
      "export", files.model, "--to", "onnx,c", "--out", files.path("o"), "--json")
    #expect(outcome.status == 0, "\(outcome.err)")
    #expect(outcome.json["onnx"] is [String: Any] && outcome.json["c"] is [String: Any])
  }

  @Test(arguments: ["--with-softmax", "--with-argmax", "--with-normalisation"])
  func whatCDoesNotHaveIsRefused(_ option: String) throws {
    let outcome = try Program.run(
      "export", files.model, "--to", "onnx,c", "--out", files.path("o"), option)
    #expect(outcome.status == 2 && outcome.err.contains("--to onnx alone"), "\(outcome.err)")
    #expect(!FileManager.default.fileExists(atPath: files.path("o")))
  }

  @Test func aProgramInCThatHasChangedFailsItsCheck() throws {
    _ = try Program.run("export", files.model, "--to", "c", "--out", files.path("o"))
    _ = try files.write([1, 2, 3], to: "o/tiny_weights.c")
    let outcome = try Program.run("export", "--verify-only", files.path("o"))
    #expect(outcome.status == 6 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("tiny_weights.c has changed"))
  }

  @Test func withoutPythonNothingIsTakenForVerified() throws {
    let line = "PATH=/nowhere \"$0\" export \"$1\" --out \"$2\" --verify"
    let outcome = try Program.shell(line, [files.model, files.path("o")])
    #expect(outcome.status == 3, "\(outcome.err)")
    #expect(outcome.err.contains("python3 is not installed"))
    #expect(outcome.err.contains("hint: python3 -m pip install numpy onnxruntime"))
    #expect(files.count("o/tiny.onnx") != nil)
  }

  @Test func withoutAModuleItsNameIsSaid() throws {
    let python = "#!/bin/sh\necho \"No module named 'onnxruntime'\" >&2\nexit 3\n"
    let path = try files.write(Array(python.utf8), to: "bin/python3")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    let line = "PATH=\"$3:$PATH\" \"$0\" export \"$1\" --out \"$2\" --verify"
    let outcome = try Program.shell(line, [files.model, files.path("o"), files.path("bin")])
    #expect(outcome.status == 3 && outcome.err.contains("No module named 'onnxruntime'"))
  }

  @Test func aCheckThatBreaksIsNoSuccess() throws {
    let python = "#!/bin/sh\necho 'out of luck' >&2\nexit 0\n"
    let path = try files.write(Array(python.utf8), to: "bin/python3")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    let line = "PATH=\"$3:$PATH\" \"$0\" export \"$1\" --out \"$2\" --verify --quiet"
    let outcome = try Program.shell(line, [files.model, files.path("o"), files.path("bin")])
    #expect(outcome.status == 6 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("out of luck"))
  }

  @Test func aFolderThatIsNoExportIsUnreadableOrDamaged() throws {
    let missing = try Program.run("export", "--verify-only", files.path("nosuch"))
    #expect(missing.status == 3 && missing.isOneErrorWithHint, "\(missing.err)")
    _ = try files.write(Array("{}".utf8), to: "other/export.json")
    let damaged = try Program.run("export", "--verify-only", files.path("other"))
    #expect(damaged.status == 4 && damaged.isOneErrorWithHint, "\(damaged.err)")
  }

  @Test func whatCannotBeSaidIsRefusedBeforeAnythingIsWritten() throws {
    var model = try TinyModel.make()
    let own = model.description.graph
    let scores = own.outputs[0].value
    var graph = try own.exposing([own[scores].name])
    let met = try graph.apply(RankMean.elements.operation, to: [scores], name: "met")
    try graph.output("scores", met)
    model.description.graph = graph
    try ModelFile.write(model, to: files.path("trained.safetensors"))
    let outcome = try Program.run(
      "export", files.path("trained.safetensors"), "--out", files.path("o"))
    #expect(outcome.status == 5 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("node met") && outcome.err.contains("rankMean"))
    #expect(!FileManager.default.fileExists(atPath: files.path("o")))
  }

  @Test(arguments: [
    ["export"], ["export", "a", "--verify-only", "b"], ["export", "a", "--to", "tflite"],
    ["export", "a", "--to", ","], ["export", "--verify-only", "b", "--with-softmax"],
  ])
  func aWrongCommandLineIsRefused(_ arguments: [String]) throws {
    let outcome = try Program.start(arguments).outcome(timeout: 60)
    #expect(outcome.status == 2 && outcome.isOneErrorWithHint, "\(outcome.err)")
  }
}
