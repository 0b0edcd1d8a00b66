import ArgumentParser
import Foundation
import Kernels
import PointClouds
import Ranks
import Recipes
import Training

/// One training from its first step, or from where it was stopped, to its last: by itself or within a larger job.
struct TrainingJob {
  let configuration: TrainingConfiguration
  let labelMap: LabelMap
  let folder: String
  let resumes: Bool
  var recomputesActivations = false
  var ranks = Ranks.single
  let backend: Backend
  let verb: VerbOptions

  /// Trains, and shows how far it is.
  ///
  /// - Parameters:
  ///   - others: what is learned from beside the configuration's scans.
  ///   - validates: whether the best weights are chosen by the configuration's validation.
  /// - Returns: what it came to; fewer steps than the whole where the user asked to stop.
  /// - Throws: what reading, training and writing throw.
  func run(and others: [SourceMix.Part] = [], validates: Bool = true) throws -> TrainingSummary {
    let context = TrainingContext(
      configuration: configuration, recipe: try Recipe.text(of: configuration),
      labelMap: labelMap, folder: folder, resumes: resumes,
      recomputesActivations: recomputesActivations, threadCount: verb.threadCount,
      backend: backend, ranks: ranks, program: Lidarseg.version,
      machine: Self.machine(
        backend: backend, threadCount: verb.threadCount, ranks: ranks.count))
    let sources = TrainingSources(
      configuration, labelMap: labelMap, threadCount: verb.threadCount, console: verb.console)
    let trainer = try Trainer(
      context, samples: try sources.samples(and: others),
      validation: validates && ranks.rank == 0 ? try sources.validationImages() : [])
    let display = TrainingDisplay(
      style: verb.quiet || ranks.rank > 0 ? .none : verb.progress, console: verb.console)
    let summary = try trainer.train(
      report: display.show, shouldStop: { Signals.stopRequest.askingSignal != nil })
    display.finish()
    return summary
  }

  /// Ends the program where a job was stopped before its end.
  ///
  /// - Parameters:
  ///   - isDone: whether it came to its end.
  ///   - hint: what goes on with it, for people.
  /// - Throws: `ExitCode`, 128 and the signal's number.
  static func stopIfAsked(isDone: Bool, hint: String? = nil) throws {
    guard !isDone, let signal = Signals.stopRequest.askingSignal else { return }
    if let hint { Console().warn("stopped; \(hint)") }
    throw ExitCode(128 + signal)
  }

  /// How a search or a run that learns on is gone on with.
  static let resumption = "the same command with --resume auto goes on"

  /// What `machine.json` says of where a run was started.
  static func machine(
    backend: Backend, threadCount: Int, ranks: Int
  ) -> [String: String] {
    [
      "processor": Machine.processorName, "program": Lidarseg.version,
      "kernels": "\(backend.rawValue), shipped choice", "threads": String(threadCount),
      "processes": String(ranks),
      "system": ProcessInfo.processInfo.operatingSystemVersionString,
    ]
  }
}
