public import ArgumentParser
import Datasets
import Evaluation
import Exchange
import Foundation
import PointCloudIO
import PointClouds
import Segmentation
import Sensors

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Measure a model, or labels, on a data set, by points.",
    discussion: """
      Protocols: kitti-front scores every point with a known label within +-45 degrees and 80 m; \
      sweep-360 scores all points with a known label. Points that the network never saw are scored \
      with the label that was written for them, never dropped. A damaged scan is named, counted and \
      left out, and the command ends with 4.

      Example: lidarseg evaluate drives --model front --fail-under car=0.4 --html report.html
      """)

  @OptionGroup var source: SourceOptions
  @OptionGroup var model: ModelOptions
  @OptionGroup var sensor: SensorOption
  @OptionGroup var verb: VerbOptions

  @Option(help: "Score the .label files of this folder instead of a model.", completion: .directory)
  var predictions: String?

  @Option(
    help: "Compare with this model, or with the .label files of this folder, on the same scans.",
    completion: .file())
  var against: String?

  @Option(
    name: .customLong("protocol"),
    help: "The headline: \(EvaluationProtocol.list).")
  var headline = EvaluationProtocol.kittiFront

  @Option(help: "End with 6 where a score is lower, for example car=0.6,miou=0.4.")
  var failUnder: String?

  @Flag(
    help: "Score the model also without its CRF, if it has one, and with and without --post knn.")
  var compareSettings = false

  @Flag(help: "Print the confusion also in percent of the truth.")
  var confusion = false

  @Option(help: "The page to write, with diagrams and the worst scans.", completion: .file())
  var html: String?

  @Option(help: "How many of the worst scans the page shows.")
  var worst = 6

  func validate() throws {
    guard predictions == nil || !compareSettings else {
      throw ValidationError("--compare-settings needs a model, and --predictions has none")
    }
    guard (0...100).contains(worst) else {
      throw ValidationError("--worst \(worst) is not in 0...100")
    }
  }

  /// The scores alone, for other commands.
  func result() throws -> EvaluationResult {
    let dataset = try source.dataset()
    var job = try job(dataset, try makePredictor(dataset))
    return try job.run(Progress(style: .none, total: dataset.scans.count, noun: "scans"))
  }

  private func job(_ dataset: Dataset, _ predictor: EvaluatePredictor) throws -> EvaluateJob {
    let protocols = [headline] + EvaluationProtocol.allCases.filter { $0 != headline }
    var job = EvaluateJob(
      dataset, source: source, console: verb.console, predictor: predictor,
      rival: try makeRival(dataset), protocols: protocols,
      chooser: try sensor.chooser(known: dataset.sensor))
    if compareSettings, let pipeline = predictor.pipeline {
      job.settings = try EvaluateSettings(pipeline, protocols: protocols)
    }
    return job
  }

  func run() throws {
    let dataset = try source.dataset()
    let predictor = try makePredictor(dataset)
    let classes = predictor.map.classes.map(\.name)
    let thresholds = try failUnder.map { try Thresholds($0, classes: classes) }
    var job = try job(dataset, predictor)
    if html != nil {
      job.worst = WorstScans(limit: worst, labelMap: predictor.map, headline: headline)
    }
    let progress = Progress(
      style: verb.quiet ? .none : verb.progress, total: dataset.scans.count, noun: "scans")
    let result = try job.run(progress)
    try say(result)
    if let html, let pictures = job.worst {
      let page = result.html(
        model: predictor.name, dataset: source.source, worstScans: try pictures.pictures())
      try AtomicFile.write(Array(page.utf8), to: html)
      verb.console.talk("page: \(html)")
    }
    try end(result, thresholds)
  }

  private func say(_ result: EvaluationResult) throws {
    if verb.json {
      try verb.console.data(json: result)
    } else {
      try verb.console.data(result.table(showsShares: confusion))
    }
  }

  /// Scores of what is left of a damaged data set may pass a check, and yet not be what was asked for.
  private func end(_ result: EvaluationResult, _ thresholds: Thresholds?) throws {
    let failures = thresholds?.failures(in: result) ?? []
    let failed =
      failures.isEmpty
      ? nil
      : ErrorReport(
        status: .checkFailed, message: failures.map(\.description).joined(separator: "; "),
        remedy: "use a better model, or lower --fail-under")
    if result.damagedScans > 0 {
      if let failed { verb.console.error(failed) }
      throw ExitCode(ErrorReport.Status.damaged.rawValue)
    }
    if let failed { throw failed }
  }

  private func makePredictor(_ dataset: Dataset) throws -> EvaluatePredictor {
    if let predictions { return try EvaluatePredictor(folder: predictions, of: dataset) }
    return EvaluatePredictor(
      try model.pipeline(threadCount: verb.threadCount), named: model.model)
  }

  private func makeRival(_ dataset: Dataset) throws -> EvaluatePredictor? {
    guard let against else { return nil }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: against, isDirectory: &isFolder), isFolder.boolValue {
      return try EvaluatePredictor(folder: against, of: dataset)
    }
    var options = model
    options.model = against
    return EvaluatePredictor(
      try options.pipeline(threadCount: verb.threadCount), named: against)
  }
}

extension EvaluationProtocol: ExpressibleByArgument {}
