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
      with the label that was written for them, never dropped.

      Example: lidarseg evaluate drives --model street-small --fail-under car=0.4
      """)

  @OptionGroup var source: SourceOptions
  @OptionGroup var model: ModelOptions
  @OptionGroup var sensor: SensorOption
  @OptionGroup var verb: VerbOptions

  @Option(help: "Score the .label files of this folder instead of a model.", completion: .directory)
  var predictions: String?

  @Option(
    name: .customLong("protocol"),
    help: "The headline: \(EvaluationProtocol.list).")
  var headline = EvaluationProtocol.kittiFront

  @Option(help: "End with 6 where a score is lower, for example car=0.6,miou=0.4.")
  var failUnder: String?

  func run() throws {
    let dataset = try source.dataset()
    let predictor = try makePredictor(dataset)
    let thresholds = try failUnder.map { try Thresholds($0, classes: predictor.classNames) }
    let others = EvaluationProtocol.allCases.filter { $0 != headline }
    var tally = Tally(labelMap: predictor.map, protocols: [headline] + others)
    let progress = Progress(
      style: verb.quiet ? .none : verb.progress, total: dataset.scans.count, noun: "scans")
    var chooser = try sensor.chooser()
    var unlabelledScans = 0
    for (position, name) in dataset.scans.enumerated() {
      let scan = try readWhole(name)
      if let truth = try name.labels(of: scan) {
        let predicted = try predictor.labels(scan.cloud, name, &chooser)
        try tally.add(drive: name.drive, cloud: scan.cloud, truth: truth, prediction: predicted)
      } else {
        unlabelledScans += 1
      }
      progress.advance(to: position + 1)
    }
    progress.finish()
    if unlabelledScans > 0 {
      verb.console.warn("\(unlabelledScans) scans have no truth and were left out")
    }
    try say(try tally.result(), thresholds)
  }

  /// A damaged scan must not be scored in part.
  private func readWhole(_ name: DatasetScan) throws -> Scan {
    let read = try source.read(name)
    if let damage = read.damage { throw damage }
    return read.scan
  }

  private func say(_ result: EvaluationResult, _ thresholds: Thresholds?) throws {
    if verb.json {
      try verb.console.data(json: result)
    } else {
      try verb.console.data(result.table())
    }
    let failures = thresholds?.failures(in: result) ?? []
    guard failures.isEmpty else {
      throw ErrorReport(
        status: .checkFailed, message: failures.map(\.description).joined(separator: "; "),
        remedy: "use a better model, or lower --fail-under")
    }
  }

  private func makePredictor(_ dataset: Dataset) throws -> Predictor {
    if let predictions {
      let map = try dataset.labelMap ?? LabelMap.bundled("four-classes")
      return Predictor(map: map, source: .files(dataset, folder: predictions))
    }
    let pipeline = try model.pipeline(threadCount: verb.threadCount)
    return Predictor(map: pipeline.model.description.labelMap, source: .model(pipeline))
  }
}

/// Where predictions come from.
private struct Predictor {
  enum Source {
    case files(Dataset, folder: String)
    case model(SegmentationPipeline)
  }

  let map: LabelMap
  let source: Source

  var classNames: [String] { map.classes.map(\.name) }

  func labels(
    _ cloud: PointCloud, _ name: DatasetScan, _ chooser: inout SensorChooser
  ) throws -> [PointLabel] {
    switch source {
    case .files(let dataset, let folder):
      let path = try dataset.predictionPath(of: name, in: folder)
      return try LabelFile.read(path, expecting: cloud.count)
    case .model(let pipeline):
      let sensor = chooser.sensor(of: cloud, drive: name.drive)
      return try pipeline.segment(cloud, from: sensor).labels
    }
  }
}

extension EvaluationProtocol: ExpressibleByArgument {}
