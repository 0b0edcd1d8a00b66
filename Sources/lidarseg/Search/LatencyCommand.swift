import ArgumentParser
import Datasets
import Execution
import Foundation
import PointCloudIO
import PointClouds
import Recipes
import Search
import Training

struct LatencyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "latency",
    abstract: "Measure how long each block of a space of networks takes on this machine.",
    discussion: """
      Every block is measured as it will run: prepared, fused, at its place's size, in networks whose other \
      blocks run before and behind it. The table is what lidarseg search and describe predict \
      latencies from. Let nothing else run meanwhile.

      --verify N predicts N random networks of the space from the table, measures them in the same rounds, and \
      fails where one is off by more than the margin.

      --emit-c writes a C99 program instead that measures the same on another device, in the form that export \
      --to c gives networks, and prints the table for lidarseg search --latency TABLE --device NAME.

      Example: lidarseg latency --threads 2 --verify 20 --out Calibration/Latency/mine.json
      """)

  @Option(
    help:
      "The table's file; unless given one in Calibration/Latency, named by machine, threads and recipe."
  )
  var out: String?

  @Option(
    help: "Measure nothing here, but write a C program that measures into this folder.",
    completion: .directory)
  var emitC: String?

  @Option(help: "What networks run in instead of what the recipe says: \(Precision.list).")
  var precision: Precision?

  @Option(help: "How many rounds; the median counts.")
  var rounds = 101

  @Option(help: "How many random networks are predicted and measured.")
  var verify = 0

  @Option(help: "How far a prediction may be off, in percent.")
  var margin = 5.0

  @Option(help: "Who computes: \(BackendName.list).")
  var backend = BackendName.auto

  @OptionGroup var recipe: RecipeOptions
  @OptionGroup var verb: VerbOptions

  func validate() throws {
    guard (3...100_000).contains(rounds) else {
      throw ValidationError("--rounds \(rounds) is not in 3...100000")
    }
    guard (0...1000).contains(verify) else {
      throw ValidationError("--verify \(verify) is not in 0...1000")
    }
    guard margin > 0 else { throw ValidationError("--margin \(margin) is not above 0") }
    guard emitC == nil || (out == nil && verify == 0) else {
      throw ValidationError("--emit-c measures nothing here: leave out --out and --verify")
    }
  }

  func run() throws {
    var configuration = try recipe.resolve(SearchConfiguration())
    if let precision { configuration.precision = precision }
    guard !configuration.bits.areSearched else {
      throw SearchError(
        .invalidConfiguration, "the recipe searches bits, whose networks need no table",
        remedy: "name a recipe that searches blocks, such as search-front")
    }
    let map = try LabelMap.named(configuration.training.labelMap)
    let space = try configuration.sizedSpace(classCount: map.classes.count)
    if let emitC {
      return try LatencyProgramJob(space: space, folder: emitC, verb: verb).run()
    }
    let path = try out ?? newPath(configuration.precision)
    try OutputFolder.make(for: path)
    let job = LatencyJob(
      space: space, backend: try backend.backend(), rounds: rounds, verifyCount: verify, verb: verb)
    let outcome = try job.run()
    try AtomicFile.write([UInt8](try outcome.table.json), to: path)
    try report(outcome, path: path)
    guard outcome.worst <= margin / 100 else {
      throw ErrorReport(
        status: .checkFailed,
        message: String(
          format: "a prediction is off by %.1f %%, more than %.1f %%", 100 * outcome.worst, margin),
        remedy: "let nothing else run, and measure again with more --rounds", path: path)
    }
  }

  /// Where tables lie, by the machine's name, the number of threads, and what the networks are.
  ///
  /// - Throws: where a table lies there, which may be of other settings.
  private func newPath(_ precision: Precision) throws -> String {
    let processor = Machine.processorName.lowercased().split { !($0.isLetter || $0.isNumber) }
    let space = recipe.recipe.map {
      URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent
    }
    let words =
      processor.map(String.init)
      + [verb.threadCount == 1 ? "1-thread" : "\(verb.threadCount)-threads"]
      + [space].compactMap(\.self) + (precision == .int8 ? [precision.rawValue] : [])
    let path = "Calibration/Latency/\(words.joined(separator: "-")).json"
    guard !FileManager.default.fileExists(atPath: path) else {
      throw ErrorReport(
        status: .usage, message: "a table is there already",
        remedy: "say by --out where this one goes",
        path: path, isAboutOutput: true)
    }
    return path
  }

  private func report(_ outcome: LatencyJob.Outcome, path: String) throws {
    if verb.json { return try verb.console.data(json: outcome.report(path: path)) }
    let table = outcome.table
    verb.console.talk(
      "\(table.entries.count) units of \(space(outcome)) on \(table.processor), \(table.kernels), "
        + "threads: \(table.threads): \(path)")
    for (number, network) in outcome.networks.enumerated() {
      try verb.console.data(
        String(
          format: "network %2d: predicted %.3f, measured %.3f ms, off by %+.1f %%", number + 1,
          network.predicted, network.measured, 100 * network.error))
    }
  }

  private func space(_ outcome: LatencyJob.Outcome) -> String {
    String(format: "a space of 10^%.1f networks", outcome.logarithmicSize)
  }
}
