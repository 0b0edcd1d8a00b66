import ArgumentParser
import Datasets
import Exchange
import Execution
import Foundation
import Graphs
import Kernels
import Networks
import PointCloudIO
import PointClouds
import Ranks
import Recipes
import Search
import Training

/// One search: what is learned of the architecture, the networks taken from it, their training, and what they
/// are compared with.
struct SearchJob {
  let configuration: SearchConfiguration
  let out: String
  let resumes: Bool
  let randomCount: Int
  let baselines: [Double]
  let backend: Backend
  let verb: VerbOptions
  private let space: SearchSpace
  private let latencies: CandidateLatencies
  private let unit: String
  private let labelMap: LabelMap

  init(
    configuration: SearchConfiguration, table path: String, device: String?, out: String,
    resumes: Bool, randomCount: Int, baselines: [Double], backend: Backend, verb: VerbOptions
  ) throws {
    try configuration.validate()
    labelMap = try LabelMap.named(configuration.training.labelMap)
    try configuration.training.validate(classCount: labelMap.classes.count)
    let table = try LatencyTable(path: path)
    let processor = device ?? Machine.processorName
    guard table.processor == processor else {
      throw SearchError(
        .table, "the table is of \"\(table.processor)\", not of \"\(processor)\"",
        remedy: "measure one here by lidarseg latency, or search for that machine by --device "
          + "\"\(table.processor)\"", path: path)
    }
    guard let kernels = Backend(rawValue: table.kernels), Backend.available.contains(kernels) else {
      throw SearchError(
        .table, "the table is of the kernels \(table.kernels), which are not here",
        remedy: "measure one with --backend \(backend.rawValue)", path: path)
    }
    space = try configuration.sizedSpace(classCount: labelMap.classes.count)
    latencies = try CandidateLatencies(
      of: space, by: table, backend: kernels, threadCount: table.threads)
    try Derivation.check(latencies, reaches: configuration.latency.target)
    unit = table.unit
    (self.configuration, self.out, self.resumes) = (configuration, out, resumes)
    (self.randomCount, self.baselines) = (randomCount, baselines)
    (self.backend, self.verb) = (backend, verb)
  }

  func run() throws -> SearchFront {
    let start = ContinuousClock.now
    let architecture = try search()
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let target = configuration.latency.target
    let seed = configuration.training.seed
    let derived = try Derivation(architecture, latencies, target: target)
      .networks(count: configuration.derivedCount, seed: seed)
    let random = space.randomChoices(
      count: randomCount, near: target, by: latencies, seed: seed)
    var rows: [FrontRow] = []
    for (number, choices) in derived.enumerated() {
      rows.append(try row("\(configuration.name)-\(number + 1)", .searched, choices))
    }
    for (number, choices) in random.enumerated() {
      rows.append(try row("random-\(number + 1)", .random, choices))
    }
    for width in baselines { rows.append(try baseline(width)) }
    let front = SearchFront(
      unit: unit, target: target, searchSeconds: seconds, rows: try measured(rows))
    try front.write(to: out)
    return front
  }

  /// Learns the architecture, or takes it from a run that has come to its end.
  private func search() throws -> Architecture {
    let training = configuration.training
    let context = SearchContext(
      configuration: configuration, recipe: try Recipe.text(of: configuration),
      labelMap: labelMap, networks: space, latencies: latencies, folder: folder("search"),
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
    let display = SearchDisplay(verb, unit: unit)
    let (architecture, isDone) = try searcher.run(
      report: display.show, shouldStop: { Signals.stopRequest.askingSignal != nil })
    try TrainingJob.stopIfAsked(isDone: isDone)
    return architecture
  }

  private func row(
    _ name: String, _ kind: FrontRow.Kind, _ choices: [Int]
  ) throws -> FrontRow {
    var training = configuration.training
    training.name = name
    training.network.architecture = .blocks
    training.network.blocks = space.configuration.choosing(choices)
    var row = try train(name, kind, training)
    row.predicted = latencies.total(of: choices)
    row.blocks = training.network.blocks.places.map { $0.candidates[0].rawValue }
    return row
  }

  private func baseline(_ width: Double) throws -> FrontRow {
    var training = configuration.training
    training.name = "squeezesegv2-\(width)"
    training.network.architecture = .squeezeSegV2
    training.network.width = width
    return try train(training.name, .baseline, training)
  }

  private func train(
    _ name: String, _ kind: FrontRow.Kind, _ training: TrainingConfiguration
  ) throws -> FrontRow {
    verb.console.talk("training \(name)")
    let job = TrainingJob(
      configuration: training, labelMap: labelMap, folder: folder(name), resumes: resumes,
      backend: backend, verb: verb)
    let summary = try job.run()
    try TrainingJob.stopIfAsked(isDone: summary.step == summary.steps)
    return FrontRow(
      name: name, kind: kind, model: summary.bestModel ?? "", meanIoU: summary.bestScore)
  }

  /// Times the models in turn, in one run.
  private func measured(_ rows: [FrontRow]) throws -> [FrontRow] {
    let models = try rows.map { try ModelFile.read($0.model) }
    let sessions = try models.map { model in
      try Session(
        try model.description.preparedGraph(), parameters: model.parameters,
        backend: backend, threadCount: verb.threadCount)
    }
    var measurement = LatencyMeasurement(of: [], whole: sessions)
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<41 { measurement.addRound(using: &generator) }
    return zip(zip(rows, models), measurement.wholeEntries).map { pair, entry in
      var row = pair.0
      row.milliseconds = entry.median
      row.parameters = pair.1.description.graph.parameterCount(.trainable)
      return row
    }
  }

  private func folder(_ name: String) -> String {
    URL(fileURLWithPath: out).appending(path: name).path
  }
}
