import Kernels
import PointClouds
import Recipes
import Search
import Training

/// One search of an architecture, in a folder of its own.
struct SearchRun {
  let configuration: SearchConfiguration
  let labelMap: LabelMap
  let networks: any CandidateNetworks
  let latencies: CandidateLatencies
  let folder: String
  let resumes: Bool
  let backend: Backend
  let verb: VerbOptions

  /// Learns the architecture, or takes it from a run that has come to its end.
  ///
  /// - Throws: what reading samples and writing throw; `ExitCode` where the user asked to stop.
  func run() throws -> Searcher.Outcome {
    let training = configuration.training
    let context = SearchContext(
      configuration: configuration, recipe: try Recipe.text(of: configuration),
      labelMap: labelMap, networks: networks, latencies: latencies, folder: folder,
      resumes: resumes, threadCount: verb.threadCount, backend: backend,
      program: Lidarseg.version,
      machine: TrainingJob.machine(
        backend: backend, threadCount: verb.threadCount, ranks: 1))
    let sources = TrainingSources(
      training, labelMap: labelMap, threadCount: verb.threadCount, console: verb.console)
    let share = configuration.schedule.architectureShare
    let searcher = try Searcher(
      context,
      weightSamples: try sources.samples(part: { SampleSplit($0, share: share, isRare: false) }),
      architectureSamples: try sources.samples(
        part: { SampleSplit($0, share: share, isRare: true) }))
    let display = SearchDisplay(verb, unit: latencies.unit)
    let outcome = try searcher.run(
      report: display.show, shouldStop: { Signals.stopRequest.askingSignal != nil })
    try TrainingJob.stopIfAsked(isDone: outcome.isDone, hint: TrainingJob.resumption)
    return outcome
  }
}
