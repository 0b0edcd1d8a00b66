import Exchange
import Foundation
import Graphs

/// What a run leaves in its folder besides checkpoints: metrics, curves and models.
final class TrainingRecord {
  private let context: TrainingContext
  private let folder: RunFolder
  private var log: MetricsLog?

  init(_ context: TrainingContext) throws {
    self.context = context
    folder = try RunFolder(
      path: context.folder, resuming: context.resumes, recipe: context.recipe,
      machine: context.machine)
  }

  /// The folder of checkpoints in a run's folder.
  static func checkpointFolder(in folder: String) -> String {
    URL(fileURLWithPath: folder).appending(path: "checkpoints").path
  }

  /// Opens the metrics; what was measured after `step` is cut off.
  func open(after step: Int) throws { log = try MetricsLog(of: folder, after: step) }

  func append(
    _ measured: Pace.Measured, rate: Double, scores: [String: Double]?, step: Int
  ) throws {
    var values = [
      "loss": measured.loss, "gradient_norm": measured.gradientNorm, "learning_rate": rate,
      "scans_per_second": measured.scansPerSecond, "data_wait_share": measured.dataWaitShare,
    ]
    for (name, score) in scores ?? [:] { values["iou.\(name)"] = score }
    try log?.append(values, step: step)
  }

  func synchronize() throws { try log?.synchronize() }

  func drawCurves() throws {
    guard FileManager.default.fileExists(atPath: folder.metricsPath) else { return }
    try LearningCurves.write(metrics: folder.metricsPath, to: folder.curvesPath)
  }

  /// The file of the best weights, if it is there.
  var bestModel: String? {
    FileManager.default.fileExists(atPath: folder.bestPath) ? folder.bestPath : nil
  }

  /// Writes weights as a model: `final.safetensors`, and `best.safetensors` where they are the best.
  func writeModel(
    _ weights: ParameterValues, scores: [String: Double], step: Int, isBest: Bool
  ) throws {
    let configuration = context.configuration
    var figures: [String: Double] = [:]
    for (name, score) in scores { figures["iou.\(name) on validation images"] = score }
    let sources = configuration.data.map(\.path).joined(separator: ", ")
    let (graph, ranges) = try context.runningNetwork(weights)
    var description = ModelDescription(
      name: configuration.name, graph: graph,
      input: configuration.task.input(configuration.network.input), geometry: configuration.image,
      labelMap: context.labelMap,
      card: ModelCard(
        summary: "Trained by lidarseg \(context.program); see training.",
        training: "\(step) steps of \(configuration.batch) scans from \(sources), seed "
          + "\(configuration.seed)",
        figures: figures, license: "that of its training data"))
    description.rendering = configuration.task.rendering
    description.activationRanges = ranges
    let names = Set(graph.parameters.map(\.name))
    let model = try Model(description, parameters: weights.filter { names.contains($0.key) })
    if isBest { try ModelFile.write(model, to: folder.bestPath) }
    if step == configuration.steps { try ModelFile.write(model, to: folder.finalPath) }
  }
}
