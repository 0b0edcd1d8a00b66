import Foundation
import TestSupport
import Testing

/// A table of variants, each trained and measured.
@Suite struct AblateTests {
  private let folder: TemporaryFolder
  private let scans: String

  init() throws {
    folder = try TemporaryFolder()
    scans = folder.path("scans")
    let outcome = try Program.run(
      "simulate", scans, "--scenes", "2", "--set", "frames=1", "--seed", "9", "--quiet")
    try #require(outcome.status == 0, "\(outcome.err)")
  }

  private func ablate(_ more: String...) throws -> Program.Outcome {
    let recipe = try folder.write(
      """
      scenes: 2
      validationScenes: 2
      settings: [network.width=0.1, batch=2, steps=2, augmentation.cropColumns=64]
      rows:
        - {name: Plain, seeds: 2, curves: [{over: strokes, at: 1}]}
        - {name: Again, from: Plain, curves: [{over: strokes, at: 2}]}
        - {name: Moved, verb: calibrate, from: Plain, options: [--blend, "0.5"]}
      """.utf8, to: "table.yaml")
    return try Program.start(
      [
        "ablate", "--recipe", recipe, "--target", scans, "--drives", scans, "--out",
        folder.path("table"), "--threads", "2", "--quiet",
      ] + more
    ).outcome(timeout: 300)
  }

  @Test func rowsAreMadeMeasuredAndPrintedAnewFromTheirFolders() throws {
    let before = try ablate("--only-table")
    #expect(before.status == 0 && before.out.contains("| Plain | 0 of 2 | - |"), "\(before.err)")
    let made = try ablate()
    #expect(made.status == 0, "\(made.err)")
    #expect(made.out.contains("| Plain | 2 of 2 |") && made.out.contains("| Moved | 1 of 1 |"))
    let cells = made.out.split(separator: "\n").first { $0.hasPrefix("| Plain") }?
      .split(separator: "|").map(String.init)
    // IoU, and IoU without objects.
    #expect(cells?[2].contains(".") == true && cells?[5].contains(".") == true, "\(made.out)")
    #expect(try ablate("--only-table").out == made.out)
    let table = try String(contentsOfFile: folder.path("table/table.md"), encoding: .utf8)
    #expect(table == made.out)
    #expect(FileManager.default.fileExists(atPath: folder.path("table/strokes.png")))
    let started = Date()
    #expect(try ablate().out == made.out)
    #expect(Date().timeIntervalSince(started) < 10)
    // What is taken away is made again, and comes out the same.
    try FileManager.default.removeItem(atPath: folder.path("table/again"))
    #expect(try ablate().out == made.out)
  }

  @Test func aRowThatLearnsFromLabelsAsksForThem() throws {
    let recipe = try folder.write(
      "rows:\n  - {name: a, options: [--data, '{labelled}']}\n".utf8, to: "labels.yaml")
    let outcome = try Program.run(
      "ablate", "--recipe", recipe, "--target", scans, "--drives", scans, "--out",
      folder.path("none"))
    #expect(outcome.status == 5 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("\"a\" learns from labels") && outcome.err.contains("--labelled"))
  }

  @Test func aRowThatBeginsWithNoneIsNamed() throws {
    let recipe = try folder.write(
      "rows:\n  - {name: a, from: b}\n".utf8, to: "bad.yaml")
    let outcome = try Program.run(
      "ablate", "--recipe", recipe, "--target", scans, "--drives", scans, "--out",
      folder.path("none"))
    #expect(outcome.status == 5 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("\"a\" begins with \"b\""))
  }
}
