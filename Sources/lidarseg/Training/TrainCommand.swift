import ArgumentParser
import Datasets
import Foundation
import Kernels
import PointClouds
import Ranks
import Recipes
import Training

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Learn weights from labelled scans.",
    discussion: """
      A recipe says everything that decides the weights; RUN gets the resolved recipe, metrics, \
      learning curves, checkpoints, and models. --resume auto goes on where a run was stopped, \
      by whatever: the weights come out the same, byte by byte. mpirun -n N --bind-to none shares \
      each batch among N processes.

      Shipped recipes: \(Recipe.shippedNames.joined(separator: ", "))

      Example: lidarseg train --recipe squeezesegv2-kitti4 --out run
      """)

  /// What to do with a folder that holds a run.
  enum Resumption: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// Refuse it.
    case never
    /// Go on with it; begin where there is none.
    case auto
  }

  @Option(help: "The folder of the run.", completion: .directory)
  var out: String

  @Option(help: "What to do with a folder that holds a run: \(Resumption.list).")
  var resume = Resumption.never

  @Flag(help: "Compute activations within blocks again instead of keeping them: half the memory.")
  var checkpointActivations = false

  @Option(help: "Who computes: \(BackendName.list).")
  var backend = BackendName.auto

  @OptionGroup var sources: DataOptions
  @OptionGroup var recipe: RecipeOptions
  @OptionGroup var verb: VerbOptions

  func run() throws {
    var configuration = try recipe.resolve(TrainingConfiguration())
    sources.replace(in: &configuration)
    let map = try LabelMap.named(configuration.labelMap)
    try configuration.validate(classCount: map.classes.count)
    let backend = try backend.backend()
    let ranks = ProcessShare.current().count > 1 ? try Ranks.join() : Ranks.single
    Signals.stopRequest.claim()
    let job = TrainingJob(
      configuration: configuration, labelMap: map, folder: out, resumes: resume == .auto,
      recomputesActivations: checkpointActivations, ranks: ranks, backend: backend, verb: verb)
    let summary = try job.run()
    try ranks.leave()
    if ranks.rank == 0 { try say(summary) }
    try TrainingJob.stopIfAsked(isDone: summary.step == summary.steps)
  }

  private func say(_ summary: TrainingSummary) throws {
    if verb.json { return try verb.console.data(json: summary) }
    let score = summary.bestScore.map {
      String(format: ", best mIoU %.3f at step %d", $0, summary.bestStep ?? 0)
    }
    let waited = String(format: "%.1f", 100 * summary.dataWaitShare)
    verb.console.talk(
      "\(summary.step) of \(summary.steps) steps\(score ?? ""), waited \(waited) % for data: "
        + (summary.bestModel ?? out))
  }
}

extension DataConfiguration {
  private static let streets = "streets:"

  /// A source as the command line names it.
  init(argument: String) {
    if argument.hasPrefix(Self.streets) {
      self.init(path: String(argument.dropFirst(Self.streets.count)), kind: .streets)
    } else {
      self.init(path: argument)
    }
  }
}
