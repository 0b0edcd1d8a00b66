import Foundation
import TestSupport
import Testing

/// Help, flags, and what every verb has in common.
@Suite struct SurfaceTests {
  static let verbs = [
    "segment", "convert", "project", "info", "evaluate", "render", "annotate", "models", "sensors",
    "realism",
    "adapt", "calibrate", "ablate",
    "selftest", "bench", "describe", "export",
    "latency", "search", "quantize", "view",
  ]

  @Test(arguments: verbs) func everyVerbExplainsItself(_ verb: String) throws {
    let outcome = try Program.run(verb, "--help")
    #expect(outcome.status == 0 && outcome.err.isEmpty)
    #expect(outcome.out.contains("USAGE: lidarseg \(verb)"))
    #expect(try Program.run("help", verb).out.contains("USAGE: lidarseg \(verb)"))
  }

  @Test(arguments: [
    "segment", "convert", "project", "info", "evaluate", "render", "annotate", "realism", "view",
  ])
  func theHelpOfWhatReadsScansHasAnExampleAndTheCommonFlags(_ verb: String) throws {
    let help = try Program.run(verb, "--help").out
    for words in ["Example: lidarseg \(verb)", "--json", "--threads", "--progress", "--quiet"] {
      #expect(help.contains(words), "\(words)")
    }
  }

  @Test func withoutArgumentsTheVerbsAreListed() throws {
    let outcome = try Program.run()
    #expect(outcome.status == 0)
    #expect(Self.verbs.allSatisfy { outcome.out.contains("  \($0)") })
    #expect(outcome.out.contains("Exit codes:"))
    #expect(try Program.run("--version").out.split(separator: ".").count == 3)
  }

  private static let mistakes: [[String]] = [
    ["segment"], ["segment", "a", "--colour"], ["paint"], ["info", "a", "b"],
    ["info", "a", "--threads", "0"], ["info", "a", "--threads", "many"],
    ["info", "a", "--threads", "257"], ["info", "a", "--from", "e57"], ["info", "-"],
    ["segment", "a", "--queue", "0"], ["convert", "a", "b"], ["convert", "a", "b", "--to", "laz"],
    ["segment", "a", "--format", "label,las"], ["segment", "a", "--format", ","],
    ["segment", "a", "--json", "--format", "jsonl"], ["project", "a", "--projection", "flat"],
    ["bench", "--rounds", "0"], ["bench", "--width", "17"], ["models", "import", "a"],
    ["models", "import", "a", "b", "--width", "0"], ["info", "a", "--progress", "dots"],
    ["segment", "a", "--backend", "cuda"], ["info", ""], ["realism", "a"],
    ["realism", "a", ""], ["sensors", "fit", "a"], ["describe"],
    ["describe", "front-small", "--rounds", "0"], ["bench", "--precision", "int4"],
    ["annotate"], ["annotate", "a", "--replay", "a", "--least-points", "0"],
    ["annotate", "a", "--replay", "a", "--port", "1"], ["annotate", "a", "--port", "70000"],
    ["search"], ["search", "--latency", "a", "--out", "b", "--baseline", "9"],
    ["latency", "--rounds", "1"], ["latency", "--emit-c", "a", "--verify", "2"],
    ["search", "--latency", "a", "--out", "b", "--target-ms", "1", "--target-instructions", "2"],
    ["quantize", "front-small"],
    ["quantize", "front-small", "--target", "a", "--out", "b", "--percentile", "101"],
    ["view"], ["view", "a", "--port", "65536"], ["view", "a", "--listen", "8420"],
    ["view", "a", "--listen", "0.0.0.0:1", "--port", "1"],
  ]

  @Test(arguments: mistakes)
  func aWrongCommandLineIsOneLineAndAHint(_ arguments: [String]) throws {
    let outcome = try Program.start(arguments).outcome(timeout: 60)
    #expect(outcome.status == 2, "\(outcome.err)")
    #expect(outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.out.isEmpty)
    #expect(outcome.err.contains("--help"))
  }

  @Test(arguments: [["models"], ["sensors"], ["selftest"]])
  func listsAreOneObject(_ arguments: [String]) throws {
    let outcome = try Program.start(arguments + ["--json"]).outcome(timeout: 120)
    #expect(outcome.json.count == 1 && outcome.err.isEmpty)
  }

  @Test func theProgramFindsItselfInOrder() throws {
    let outcome = try Program.run("selftest", timeout: 120)
    #expect(outcome.status == 0, "\(outcome.out)")
    #expect(!outcome.out.contains("FAILED"))
  }

  @Test func unknownNamesAreAnsweredWithTheKnown() throws {
    let files = try CommandFiles()
    let scan = try files.scan()
    let sensor = try Program.run(
      "segment", scan, "--model", files.model, "--sensor", "hdl99", "--out", files.path("o"))
    #expect(sensor.status == 5 && sensor.isOneErrorWithHint, "\(sensor.err)")
    #expect(sensor.err.contains("hdl64e"))
    let model = try Program.run("segment", scan, "--model", "nosuch", "--out", files.path("o"))
    #expect(model.status == 5 && model.isOneErrorWithHint, "\(model.err)")
    #expect(model.err.contains("model file"))
  }
}
