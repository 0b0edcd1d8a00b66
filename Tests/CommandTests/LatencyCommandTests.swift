import Foundation
import TestSupport
import Testing

/// The verbs `latency` and `search`, as far as tables of other devices go.
@Suite struct LatencyCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private static let small = """
    space:
      stem: 8
      stages: [{width: 16, stride: {height: 2, width: 2}, places: [[skip, residual]]}]
      decoder: [[]]
      head: 8
      headPlaces: []
    training:
      image: {rows: 8, columns: 32, rowRule: ring}
      data: [{path: nowhere}]
    """

  private func recipe(_ text: String = small) throws -> String {
    try folder.write(text.utf8, to: "\(UUID()).yaml")
  }

  /// A table of a small space by its program, for a counter that counted alike everywhere.
  private func table(_ recipe: String) throws -> String {
    let program = folder.path("program")
    let outcome = try Program.run("latency", "--recipe", recipe, "--emit-c", program, "--json")
    #expect(outcome.status == 0, "\(outcome.err)")
    let files = try #require(outcome.json["files"] as? [String])
    #expect(files == ["latency.h", "latency.c", "latency_main.c"])
    let source = try String(contentsOfFile: "\(program)/latency.c", encoding: .utf8)
    let count = source.split(separator: "\n").count {
      $0.hasPrefix("  {\"") && !$0.hasSuffix(", 0},")
    }
    let counts = try folder.write(
      String(repeating: "1000000\n", count: count).utf8, to: "counts")
    let executable = folder.path("latency")
    let compiler = try #require(CCompiler.all.first)
    try CCompiler.run(
      [compiler.path, "-std=c99", "-O1", "-o", executable]
        + ["\(program)/latency.c", "\(program)/latency_main.c", "-lm"])
    let text = try CCompiler.run([executable, "--counts", counts, "board"])
    return try folder.write(text.utf8, to: "table.json")
  }

  private func search(_ recipe: String, _ table: String, _ more: [String]) throws -> Program.Outcome
  {
    try Program.start(
      [
        "search", "--recipe", recipe, "--latency", table, "--out", folder.path("out"),
        "--search-only",
      ]
        + more
    ).outcome(timeout: 60)
  }

  @Test func aTableLiesWhereTablesLieNamedByWhatItIsOf() throws {
    let file = try folder.write(Self.small.utf8, to: "tiny.yaml")
    let outcome = try Program.shell(
      "cd \"$1\" && \"$0\" latency --recipe \"$2\" --rounds 3 --precision int8 --verify 2 "
        + "--margin 1000 --json", [folder.url.path, file])
    #expect(outcome.status == 0, "\(outcome.err)")
    let path = try #require(outcome.json["path"] as? String)
    #expect(path.hasPrefix("Calibration/Latency/") && path.hasSuffix("-threads-tiny-int8.json"))
    #expect(FileManager.default.fileExists(atPath: folder.path(path)))
    let again = try Program.shell(
      "cd \"$1\" && \"$0\" latency --recipe \"$2\" --rounds 3 --precision int8",
      [folder.url.path, file])
    #expect(again.status == 2 && again.isOneErrorWithHint, "\(again.err)")
    #expect(again.err.contains("a table is there already"), "\(again.err)")
    let lost = try Program.run("latency", "--recipe", file, "--out", "/proc/no/table.json")
    #expect(lost.status == 3 && lost.isOneErrorWithHint && !lost.err.contains("rounds"))
  }

  @Test func aSearchForBitsHasNoTable() throws {
    let outcome = try Program.run("latency", "--recipe", "quantize-search", "--out", "x.json")
    #expect(outcome.status == 5 && outcome.err.contains("search-front"), "\(outcome.err)")
  }

  @Test func aTableOfAnotherUnitOrProcessorIsRefused() throws {
    let recipe = try recipe()
    let table = try table(recipe)
    for (more, words) in [
      (
        ["--target-ms", "3", "--device", "board"],
        ["million instructions", "--target-instructions"]
      ),
      (["--target-instructions", "3e6"], ["board", "--device"]),
      (
        ["--target-instructions", "3", "--device", "board"],
        ["the least that one takes", "between"]
      ),
      (
        ["--target-instructions", "9e6", "--device", "board", "--set", "latency.form=product"],
        ["latency.form product", "latency.form=sum"]
      ),
    ] {
      let outcome = try search(recipe, table, more)
      #expect(outcome.status != 0 && outcome.isOneErrorWithHint, "\(outcome.err)")
      for word in words { #expect(outcome.err.contains(word), "\(outcome.err)") }
    }
  }

  @Test func aTableOfAnotherSpaceIsRefusedWithWhatItLacks() throws {
    let table = try table(recipe())
    let wide = try recipe(Self.small.replacingOccurrences(of: "width: 16", with: "width: 24"))
    let outcome = try search(
      wide, table, ["--target-instructions", "9e6", "--device", "board"])
    #expect(outcome.status != 0 && outcome.isOneErrorWithHint, "\(outcome.err)")
    #expect(outcome.err.contains("lacks") && outcome.err.contains("--emit-c"))
  }
}
