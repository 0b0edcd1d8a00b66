import Execution
import Export
import Foundation
import Graphs
import Kernels
import Networks
import Search
import TestSupport
import Testing

/// Programs that measure the units of a space on another device.
@Suite struct LatencyProgramTests {
  private func space(_ precision: Precision) -> SearchSpace {
    SearchSpace(SmallSpace.configuration, precision: precision)
  }

  private func program(_ space: SearchSpace) throws -> CLatencyProgram {
    try CLatencyProgram(
      space.measuredChoices().map { (try space.prepared($0), try space.emptyWeights(of: $0)) },
      notes: ["a note"])
  }

  private func compiled(
    _ program: CLatencyProgram, by compiler: CCompiler? = CCompiler.all.first,
    in folder: TemporaryFolder
  ) throws -> String {
    try #require(compiler).compile(
      program.files.map { ($0.name, $0.contents) }, ["-O3", "-DLATENCY_ROUNDS=3", "-lm"],
      in: folder)
  }

  private func table(_ text: String, in folder: TemporaryFolder) throws -> LatencyTable {
    try LatencyTable(path: folder.write(text.utf8, to: "table.json"))
  }

  @Test(arguments: Precision.allCases)
  func everyUnitOfEveryNetworkIsInItOnce(_ precision: Precision) throws {
    let space = space(precision)
    let keys = try program(space).keys
    #expect(Set(keys).count == keys.count)
    for choices in space.randomChoices(count: 20, seed: 2) {
      for step in try space.session(choices, backend: .fastest, threadCount: 1).steps {
        #expect(keys.contains(step.unit.key), "\(step.unit.key)")
      }
    }
  }

  @Test func equalSpacesGiveEqualPrograms() throws {
    #expect(try program(space(.int8)).files == program(space(.int8)).files)
  }

  @Test(arguments: CCompiler.all, Precision.allCases)
  func itPrintsTheTableThatASearchReads(_ compiler: CCompiler, _ precision: Precision) throws {
    let (space, folder) = (space(precision), try TemporaryFolder())
    let program = try program(space)
    let executable = try compiled(program, by: compiler, in: folder)
    let table = try table(CCompiler.run([executable, "My board, 1 GHz"]), in: folder)
    #expect(table.processor == "My board, 1 GHz" && table.unit == LatencyTable.milliseconds)
    #expect(table.kernels == LatencyTable.exportedKernels && table.threads == 1)
    #expect(table.entries.keys.sorted() == program.keys)
    #expect(table.entries.values.allSatisfy { $0.count == 3 || $0.median == 0 })
    let latencies = try CandidateLatencies(
      of: space, by: table, backend: .fastest)
    #expect(latencies.rest > 0 && latencies.byPlace[0][1] > 0)
  }

  @Test func whatACounterWroteBecomesMillions() throws {
    let folder = try TemporaryFolder()
    let program = try program(space(.float32))
    let executable = try compiled(program, in: folder)
    // Those without a function take nothing, and no count is written for them.
    let code = try #require(program.files.first { $0.name == "latency.c" }).contents
    let rows = code.split(separator: "\n").filter { $0.hasPrefix("  {\"") }
    let counted = zip(program.keys, rows).filter { !$1.hasSuffix(", 0},") }.map(\.0)
    #expect(rows.count == program.keys.count && counted.count > program.keys.count / 2)
    let counts = counted.indices.map { "\(1_000_001 * ($0 + 1))\n" }
    let path = try folder.write(counts.joined().utf8, to: "counts")
    let table = try table(CCompiler.run([executable, "--counts", path, "board"]), in: folder)
    #expect(table.unit == LatencyTable.millionInstructions)
    for (index, key) in counted.enumerated() {
      #expect(table.entries[key]?.median == Double(1_000_001 * (index + 1)) / 1e6)
    }
    for wrong in [counts.dropLast().joined(), counts.joined() + "5\n", "many\n", ""] {
      let path = try folder.write(wrong.utf8, to: "wrong")
      let failure = #expect(throws: CCompiler.Failure.self) {
        try CCompiler.run([executable, "--counts", path, "board"])
      }
      #expect(failure?.output.contains("hint: let the counter run") == true)
    }
  }

  @Test(arguments: [[], ["a \"quoted\" board"], [""], ["--counts"], ["a", "b"]])
  func withoutAUsableNameOfTheProcessorItExplainsItself(_ arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let executable = try compiled(program(space(.float32)), in: folder)
    let failure = #expect(throws: CCompiler.Failure.self) {
      try CCompiler.run([executable] + arguments)
    }
    #expect(failure?.output.contains("hint: ") == true)
  }

  @Test func networksOfDifferentImagesDoNotMeet() throws {
    var wide = SmallSpace.configuration
    wide.size = Extent(8, 128)
    let networks = try [space(.float32), SearchSpace(wide)].map {
      (graph: try $0.prepared([0, 0, 0, 0]), parameters: try $0.emptyWeights(of: [0, 0, 0, 0]))
    }
    let error = #expect(throws: ExportError.self) {
      _ = try CLatencyProgram(networks, notes: [])
    }
    #expect(error?.code == .mismatched)
    #expect(throws: ExportError.self) { _ = try CLatencyProgram([], notes: []) }
  }
}
