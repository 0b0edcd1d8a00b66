import ArgumentParser
import Datasets
import DomainCalibration
import Exchange
import Foundation
import Training

struct CalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Give a model's batch normalisations the statistics of other scans.",
    discussion: """
      Progressive domain calibration, without labels and within seconds. Whether it helps depends \
      on the model: measure it, and lower --blend where it does not.

      Example: lidarseg calibrate --model front --target scans --out calibrated.safetensors
      """)

  @OptionGroup var model: ModelOptions

  @Option(help: "Scans of the domain, without labels.", completion: .file())
  var target: String

  @Option(help: "The model file to write.", completion: .file())
  var out: String

  @Option(help: "How much of the scans' statistics is taken, 0 to 1.")
  var blend = 1.0

  @Option(
    parsing: .upToNextOption,
    help: "Layers to calibrate, such as conv1 fire2; all unless given.")
  var layers: [String] = []

  @Option(help: "What the scores are made to fit: \(ScoreTarget.list).")
  var scores = ScoreTarget.none

  @Option(
    help:
      "The sensor of the scans: a known name or a file; unless given one with the model's beams.")
  var sensor: String?

  @OptionGroup var verb: VerbOptions

  /// What scores are made to fit.
  enum ScoreTarget: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// Nothing.
    case none
    /// How often they are right on simulated images, by a temperature.
    case temperature
    /// The same, by a temperature and a bias for each class.
    case classes
    /// Also how often each class comes in the target, as its scores tell.
    case shares
  }

  /// What calibration did.
  struct Report: Encodable {
    var model: String
    var scans: Int
    var blend: Double
    var layers: [DomainCalibration.LayerShift]
    var scores: ScoreReport?
    var seconds: Double
  }

  /// What was done to the scores.
  struct ScoreReport: Encodable {
    var calibration: ScoreCalibration
    /// Mean surprise on simulated images, in nats, before and after.
    var surpriseBefore: Double
    var surpriseAfter: Double
    /// The share of each class in the target, where it was estimated.
    var shares: [Double]?
  }

  func run() throws {
    let start = Date()
    let model = try model.loadTrainableModel()
    let description = model.description
    let scans = try TargetScans(
      try Dataset.open(path: target), sensor: try SensorOption.table(named: sensor, for: model),
      geometry: description.geometry, labelMap: description.labelMap, window: .front,
      threadCount: verb.threadCount, remark: verb.console.warn
    ).source
    let images = try images(of: scans, atMost: DomainCalibration.mostImages(for: model))
    var (calibrated, shifts) = (model, [DomainCalibration.LayerShift]())
    if blend > 0 {
      (calibrated, shifts) = try DomainCalibration(blend: blend, layers: layers).calibrated(
        model, to: images, backend: try self.model.backend.backend(),
        threadCount: verb.threadCount)
    }
    let report = try calibrateScores(of: &calibrated, images)
    calibrated.description.card.training +=
      " Calibrated with a blend of \(blend) to \(images.count) scans of \(target)."
    calibrated.description.card.figures = [:]
    calibrated.description.card.license += ", and that of the scans it was calibrated to"
    try ModelFile.write(calibrated, to: out)
    try say(
      Report(
        model: out, scans: images.count, blend: blend, layers: shifts, scores: report,
        seconds: Date().timeIntervalSince(start)))
  }

  private func calibrateScores(
    of model: inout Model, _ images: [LabelledImage]
  ) throws -> ScoreReport? {
    guard scores != .none else { return nil }
    let backend = try self.model.backend.backend()
    let holdOut = SimulatedHoldOut(threadCount: verb.threadCount, console: verb.console)
    let source = try ScoreSample(
      of: model, on: try holdOut.images(for: model), isLabelled: true, backend: backend,
      threadCount: verb.threadCount)
    var calibration = ScoreCalibration(fitting: source, fitsBias: scores != .temperature)
    var report = ScoreReport(
      calibration: calibration,
      surpriseBefore: source.negativeLogLikelihood(
        ScoreCalibration(classCount: source.classCount)),
      surpriseAfter: source.negativeLogLikelihood(calibration))
    if scores == .shares {
      let target = try ScoreSample(
        of: model, on: images, isLabelled: false, backend: backend,
        threadCount: verb.threadCount)
      let (moved, shares) = calibration.adapted(from: source, to: target)
      calibration = moved
      (report.calibration, report.shares) = (moved, shares)
    }
    model = try calibration.applied(to: model)
    return report
  }

  /// As many images as fit, spread over all scans.
  private func images(of scans: ScanSource, atMost limit: Int) throws -> [LabelledImage] {
    if let total = scans.count, limit < total {
      verb.console.warn("\(limit) of \(total) scans are used: more do not fit into one batch")
    }
    return try scans.spreadImages(atMost: limit)
  }

  private func say(_ report: Report) throws {
    if verb.json { return try verb.console.data(json: report) }
    if let scores = report.scores {
      verb.console.talk(
        "scores times "
          + String(format: "%.3f", scores.calibration.scale) + ", moved by "
          + scores.calibration.bias.map { String(format: "%.2f", $0) }.joined(separator: ", ")
          + (scores.shares.map { shares in
            "; shares of classes "
              + shares.map { String(format: "%.4f", $0) }.joined(separator: ", ")
          } ?? ""))
    }
    let means = report.layers.map(\.mean).sorted()
    let middle = means.isEmpty ? 0 : means[means.count / 2]
    verb.console.talk(
      "\(report.layers.count) layers calibrated to \(report.scans) scans in "
        + String(format: "%.1f s; means moved by %.2f deviations: ", report.seconds, middle)
        + report.model)
  }
}
