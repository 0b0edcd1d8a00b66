import ArgumentParser
import Datasets
import Exchange
import Execution
import Foundation
import Graphs
import Kernels
import RangeImages
import Training

struct QuantizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quantize", abstract: "Let a model run in bytes.",
    discussion: """
      Images inside the network are stored as bytes and multiplied by weights of 8 bits. What the bytes stand \
      for is taken from some scans, without labels. The model that is written holds the same weights and \
      says what its images hold; every verb then runs it in bytes.

      Example: lidarseg quantize front-small --target scans --out front-small-int8.safetensors
      """)

  /// How far the bytes of an image reach.
  enum Method: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// As far as costs the least information.
    case entropy
    /// To what all but a share of the numbers lie within.
    case percentile
    /// To the least and the greatest number.
    case extremes
  }

  @Argument(help: "A bundled model's name, or a .safetensors file.", completion: .file())
  var model: String

  @Option(help: "Scans as the model will see them, without labels.", completion: .file())
  var target: String

  @Option(help: "The model file to write.", completion: .file())
  var out: String

  @Option(help: "How far bytes reach: \(Method.list).")
  var method = Method.percentile

  @Option(help: "The share of the numbers that bytes shall hold, in percent.")
  var percentile = 99.99

  @Option(help: "At most so many scans, spread over all.")
  var scans = 32

  @Option(help: "The sensor the model is for: a known name or a file.")
  var sensor = "hdl64e-kitti"

  @Option(help: "Who computes: \(BackendName.list).")
  var backend = BackendName.auto

  @OptionGroup var verb: VerbOptions

  /// What quantization did.
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

  func validate() throws {
    guard (50...100).contains(percentile), (1...10_000).contains(scans) else {
      throw ValidationError("--percentile is not in 50...100, or --scans not in 1...10000")
    }
  }

  func run() throws {
    let start = Date()
    var options = ModelOptions()
    (options.model, options.backend) = (model, backend)
    var model = try options.loadModel()
    guard !model.description.isQuantized else {
      throw ErrorReport(
        status: .usage, message: "\(self.model) runs in bytes already",
        remedy: "name the model that it was made of")
    }
    let images = try images(for: model)
    let job = QuantizeJob(
      model: model, images: images, backend: try backend.backend(), threads: verb.threadCount)
    model = try job.quantized(by: rangeMethod)
    model.description.card.training +=
      " In bytes, whose ranges are from \(images.count) scans of \(target) (\(method.rawValue))."
    model.description.card.figures = [:]
    try ModelFile.write(model, to: out)
    let comparison = try job.comparison(with: model)
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

  private func images(for model: Model) throws -> [LabelledImage] {
    let source = try TargetScans(
      try Dataset.open(path: target), sensor: try SensorOption.table(named: sensor),
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
