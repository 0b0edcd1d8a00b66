import Datasets
import Exchange
import Execution
import Foundation
import RangeImages
import Training

extension QuantizeCommand {
  /// What quantization by some scans did.
  struct Report: Encodable {
    var model: String
    var scans: Int
    var method: String
    /// The share of the cells with a point that keep their class.
    var agreement: Double
    /// Medians of one run, in milliseconds.
    var floats: Double
    var bytes: Double
    var threads: Int
    var processor: String
    var seconds: Double
  }

  /// Takes what bytes stand for from scans without labels.
  func quantize(_ model: Model, by target: String) throws {
    let start = Date()
    let images = try images(of: target, for: model)
    let job = QuantizeJob(
      model: model, images: images, backend: try backend.backend(), threads: verb.threadCount)
    var quantized = try job.quantized(by: rangeMethod)
    quantized.description.card.training +=
      " In bytes, whose ranges are from \(images.count) scans of \(target) (\(method.rawValue))."
    quantized.description.card.figures = [:]
    try ModelFile.write(quantized, to: out)
    let comparison = try job.comparison(with: quantized)
    try say(
      Report(
        model: out, scans: images.count, method: method.rawValue,
        agreement: comparison.agreement, floats: comparison.floats, bytes: comparison.bytes,
        threads: verb.threadCount, processor: Machine.processorName,
        seconds: Date().timeIntervalSince(start)))
  }

  private var rangeMethod: RangeMethod {
    switch method {
    case .entropy: .entropy
    case .percentile: .tails(1 - percentile / 100)
    case .extremes: .extremes
    }
  }

  private func images(of target: String, for model: Model) throws -> [LabelledImage] {
    let source = try TargetScans(
      try Dataset.open(path: target), sensor: try SensorOption.table(named: sensor, for: model),
      geometry: model.description.geometry, labelMap: model.description.labelMap, window: .front,
      threadCount: verb.threadCount, remark: verb.console.warn
    ).source
    return try source.spreadImages(atMost: scans)
  }

  private func say(_ report: Report) throws {
    if verb.json { return try verb.console.data(json: report) }
    verb.console.talk(
      String(
        format: "%d scans, %.2f %% of the cells keep their class; %.2f ms in floats, %.2f in bytes "
          + "(%d threads): ",
        report.scans, 100 * report.agreement, report.floats, report.bytes, report.threads)
        + report.model)
  }
}
