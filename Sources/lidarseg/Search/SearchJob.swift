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
import RangeImages
import Ranks
import Recipes
import Search
import Training

/// One search: what is learned of the architecture, the networks taken from it, their training, and what they
/// are compared with.
struct SearchJob {
  let configuration: SearchConfiguration
  let options: Options
  let backend: Backend
  let verb: VerbOptions
  private let space: SearchSpace
  private let latencies: CandidateLatencies
  private let table: SearchTable
  private let labelMap: LabelMap

  /// What a search is told beside its recipe.
  struct Options {
    /// The latency table's file.
    var table: String
    /// The processor that the table must be of.
    var device: String?
    /// The unit of the latency that is wanted; the table's where the recipe says it.
    var unit: String?
    /// The folder of the run.
    var out: String
    var resumes = false
    /// Whether to train what is found.
    var trains = true
    var randomCount = 0
    var baselines: [Double] = []
  }

  init(
    configuration: SearchConfiguration, options: Options, backend: Backend, verb: VerbOptions
  ) throws {
    try configuration.validate()
    guard !configuration.bits.areSearched else {
      throw SearchError(
        .invalidConfiguration, "the recipe searches bits, not blocks",
        remedy: "search bits by lidarseg quantize --search, or leave the bits' lists empty")
    }
    labelMap = try LabelMap.named(configuration.training.labelMap)
    try configuration.training.validate(classCount: labelMap.classes.count)
    table = try SearchTable(
      path: options.table, device: options.device, backend: backend, threadCount: verb.threadCount)
    try table.check(
      unit: options.unit, form: configuration.latency.form, path: options.table)
    space = try configuration.sizedSpace(classCount: labelMap.classes.count)
    latencies = try table.locating { [space, table] in
      try CandidateLatencies(of: space, by: table.table, backend: table.backend)
    }
    try Derivation.check(latencies, reaches: configuration.latency.target)
    for width in options.baselines {
      try Self.checkBaseline(width, configuration.training, classCount: labelMap.classes.count)
    }
    (self.configuration, self.options) = (configuration, options)
    (self.backend, self.verb) = (backend, verb)
  }

  /// Refuses a width of SqueezeSegV2 whose channels do not fit each other before anything is searched.
  private static func checkBaseline(
    _ width: Double, _ training: TrainingConfiguration, classCount: Int
  ) throws {
    var network = training.network
    (network.architecture, network.width) = (.squeezeSegV2, width)
    do throws(GraphError) {
      _ = try network.graph(
        classCount: classCount, size: Extent(training.image.rows, training.image.columns), batch: 1)
    } catch {
      throw ErrorReport(
        status: .usage, message: "--baseline \(width): \(error.message)",
        remedy: "use a width by which all channels stay whole, such as 0.5")
    }
  }

  func run() throws -> SearchFront {
    let searched = try search()
    let rows = try networks(searched.architecture)
    var front = SearchFront(
      unit: table.table.unit, isMeasured: table.isOfThisMachine,
      target: configuration.latency.target, searchSeconds: searched.seconds, rows: rows)
    guard options.trains else { return front }
    front.rows = try rows.map(trained) + options.baselines.map(baseline)
    front.rows = try measured(front.rows)
    try front.write(to: options.out)
    return front
  }

  /// What is to be trained: networks by what was learned, and random ones.
  private func networks(_ architecture: Architecture) throws -> [FrontRow] {
    let (target, seed) = (configuration.latency.target, configuration.training.seed)
    let derived = try Derivation(architecture, latencies, target: target)
      .networks(count: configuration.derivedCount, seed: seed)
    let random = space.randomChoices(
      count: options.randomCount, near: target, by: latencies, seed: seed)
    if random.count < options.randomCount {
      verb.console.warn(
        "\(random.count) of \(options.randomCount) random networks: no others of "
          + "\(SearchSpace.mostDrawnNetworks) that were drawn take the wanted latency")
    }
    return try derived.enumerated().map {
      try row("\(configuration.name)-\($0 + 1)", .searched, $1)
    } + random.enumerated().map { try row("random-\($0 + 1)", .random, $1) }
  }

  /// Learns the architecture, or takes it from a run that has come to its end.
  private func search() throws -> Searcher.Outcome {
    try SearchRun(
      configuration: configuration, labelMap: labelMap, networks: space, latencies: latencies,
      folder: folder("search"), resumes: options.resumes, backend: backend, verb: verb
    ).run()
  }

  private func row(
    _ name: String, _ kind: FrontRow.Kind, _ choices: [Int]
  ) throws -> FrontRow {
    // Of the network itself: in bytes its units depend on their neighbours, which the sum does not know.
    let units = try space.session(choices, backend: table.backend, threadCount: 1).steps
      .map(\.unit)
    return FrontRow(
      name: name, kind: kind, choices: choices, blocks: space.names(of: choices),
      predicted: try table.locating { try table.table.prediction(for: units) })
  }

  private func trained(_ row: FrontRow) throws -> FrontRow {
    var training = configuration.training
    training.name = row.name
    training.network.architecture = .blocks
    training.network.blocks = space.configuration.choosing(row.choices)
    return try train(row, training)
  }

  private func baseline(_ width: Double) throws -> FrontRow {
    var training = configuration.training
    training.name = "squeezesegv2-\(width)"
    training.network.architecture = .squeezeSegV2
    training.network.width = width
    return try train(FrontRow(name: training.name, kind: .baseline), training)
  }

  private func train(
    _ row: FrontRow, _ training: TrainingConfiguration
  ) throws -> FrontRow {
    verb.console.talk("training \(row.name)")
    let job = TrainingJob(
      configuration: training, labelMap: labelMap, folder: folder(row.name),
      resumes: options.resumes, backend: backend, verb: verb)
    let summary = try job.run()
    try TrainingJob.stopIfAsked(isDone: summary.step == summary.steps, hint: TrainingJob.resumption)
    var row = row
    row.model = summary.bestModel ?? folder("\(row.name)/final.safetensors")
    row.meanIoU = summary.bestScore
    return row
  }

  /// Times the models in turn, in one run, in what the search is for.
  private func measured(_ rows: [FrontRow]) throws -> [FrontRow] {
    let models = try rows.compactMap(\.model).map(ModelFile.read)
    let sessions = try models.map { model in
      try Session(
        try space.prepared(model.description.graph), parameters: model.parameters,
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
    URL(fileURLWithPath: options.out).appending(path: name).path
  }
}
