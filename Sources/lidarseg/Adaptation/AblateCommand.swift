import Adaptation
import ArgumentParser
import Datasets
import Evaluation
import Foundation
import PointCloudIO
import Recipes
import Training

struct AblateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ablate", abstract: "Train a table of variants, and measure each on real scans.",
    discussion: """
      The recipe names the rows; each is trained or adapted in a folder of OUT and measured by the \
      protocol kitti-front. What is there is not made again, so that a table that was stopped goes \
      on, and one that is done is printed anew from its folders. --only-table trains nothing. OUT \
      gets table.md and a picture of each curve that the rows name.

      Example: lidarseg ablate --target scans --drives labelled --out ablation
      """)

  @Option(help: "Scans of the target; labels beside them are not read.", completion: .file())
  var target: String

  @Option(help: "Labelled drives to measure by.", completion: .directory)
  var drives: String

  @Option(
    help: "Labelled drives that rows may learn from, none of those to measure by.",
    completion: .directory)
  var labelled: String?

  @Option(help: "The folder of the table.", completion: .directory)
  var out: String

  @Option(help: "Stop before a row begins once so many minutes are over.")
  var minutes: Double?

  @Flag(help: "Train nothing; print what is there.")
  var onlyTable = false

  @OptionGroup var recipe: RecipeOptions
  @OptionGroup var verb: VerbOptions

  /// What `--json` prints.
  struct Report: Encodable {
    var rows: [AblationResult]
    var isComplete: Bool
  }

  func run() throws {
    var options = recipe
    if options.recipe == nil { options.recipe = "ablation" }
    let configuration = try options.resolve(AblationConfiguration())
    try configuration.validate()
    if labelled == nil, let row = configuration.rows.first(where: \.learnsFromLabels) {
      throw TrainingError(
        .invalidConfiguration, "the row \"\(row.name)\" learns from labels, and none are named",
        remedy: "name labelled drives by --labelled, others than those to measure by")
    }
    let job = AblateJob(
      configuration: configuration, target: target, drives: drives, labelled: labelled, out: out,
      verb: verb)
    if !onlyTable { try job.makeRows(until: minutes.map { Date().addingTimeInterval(60 * $0) }) }
    let results = try job.results()
    let table = try job.write(results)
    let isComplete = results.allSatisfy { $0.scores.count == $0.seeds }
    if verb.json {
      return try verb.console.data(json: Report(rows: results, isComplete: isComplete))
    }
    try verb.console.data(table)
    if !isComplete { verb.console.warn("the table is not complete") }
  }
}
