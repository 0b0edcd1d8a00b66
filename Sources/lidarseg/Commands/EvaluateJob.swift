import Datasets
import Evaluation
import Foundation
import PointCloudIO
import PointClouds
import RangeImages
import Segmentation
import Sensors

/// Scores the scans of a data set one after the other.
struct EvaluateJob {
  let dataset: Dataset
  let source: SourceOptions
  let console: Console
  let predictor: EvaluatePredictor
  /// What is compared with.
  let rival: EvaluatePredictor?
  var chooser: SensorChooser
  var tally: Tally
  var rivalTally: Tally?
  var settings: EvaluateSettings?
  var worst: WorstScans?
  private var unlabelledScans = 0
  private var damagedScans = 0

  init(
    _ dataset: Dataset, source: SourceOptions, console: Console, predictor: EvaluatePredictor,
    rival: EvaluatePredictor?, protocols: [EvaluationProtocol], chooser: SensorChooser
  ) {
    self.dataset = dataset
    self.source = source
    self.console = console
    self.predictor = predictor
    self.rival = rival
    self.chooser = chooser
    tally = Tally(labelMap: predictor.map, protocols: protocols)
    rivalTally = rival.map { Tally(labelMap: $0.map, protocols: protocols) }
  }

  /// - Throws: what concerns all scans, or the only one; what concerns one of many is said and counted.
  mutating func run(_ progress: Progress) throws -> EvaluationResult {
    for (position, name) in dataset.scans.enumerated() {
      do {
        let isScored = try name.truth != .none && evaluate(name)
        if !isScored { unlabelledScans += 1 }
      } catch {
        var report = ErrorReport(error)
        guard dataset.scans.count > 1, Self.isAboutScan(error) else { throw error }
        report.path = report.path ?? name.path
        console.error(report)
        damagedScans += 1
      }
      progress.advance(to: position + 1)
    }
    progress.finish()
    return try result()
  }

  /// Scores a scan; all that can fail comes before anything is counted.
  ///
  /// - Returns: whether it has a truth.
  private mutating func evaluate(_ name: DatasetScan) throws -> Bool {
    let read = try source.read(name)
    if let damage = read.damage { throw damage }
    let cloud = read.scan.cloud
    guard let truth = try name.labels(of: read.scan) else { return false }
    let boxes = try name.boxes()
    let sensor = chooser.sensor(of: cloud, drive: name.drive)
    let prediction = try predictor.predict(cloud, name, from: sensor)
    let rivalPrediction = try rival?.predict(cloud, name, from: sensor)
    let others = try prediction.segmented.flatMap {
      try settings?.labels(of: cloud, $0, from: sensor)
    }
    let scan = EvaluatedScan(
      drive: name.drive, frame: name.frame, cloud: cloud, truth: truth,
      prediction: prediction.labels, boxes: boxes, image: prediction.image)
    let scores = try tally.add(scan)
    if let rivalPrediction {
      try rivalTally?.add(
        EvaluatedScan(
          drive: name.drive, frame: name.frame, cloud: cloud, truth: truth,
          prediction: rivalPrediction.labels))
    }
    if let others { try settings?.add(others, of: scan) }
    worst?.add(scan, scores, seenBy: sensor)
    return true
  }

  private func result() throws -> EvaluationResult {
    if tally.scanCount == 0, damagedScans > 0 {
      throw ErrorReport(
        status: .damaged, message: "none of \(damagedScans) labelled scans could be scored",
        remedy: "restore the scans named above", path: dataset.path)
    }
    guard tally.scanCount > 0 else {
      throw ErrorReport(
        status: .mismatch, message: "none of \(unlabelledScans) scans has labels",
        remedy: "name a data set with a folder of labels or boxes beside each of its scans",
        path: dataset.path)
    }
    if unlabelledScans > 0 {
      console.warn("\(unlabelledScans) scans have no truth and were left out")
    }
    var result = try tally.result()
    result.unlabelledScans = unlabelledScans
    result.damagedScans = damagedScans
    if let rival, let rivalTally {
      result.comparison = try tally.comparison(
        with: rivalTally, names: (predictor.name, rival.name))
    }
    try settings?.put(into: &result)
    return result
  }

  /// Whether an error says that a scan, its truth or its labels are damaged, and nothing of the others.
  private static func isAboutScan(_ error: any Error) -> Bool {
    switch error {
    case let error as PointCloudIOError: error.code != .exhausted
    case let error as DatasetsError: error.code != .mismatch
    case let error as RangeImagesError: error.code == .ringsUnknown
    default: false
    }
  }
}
