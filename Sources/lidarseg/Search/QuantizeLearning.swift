import Exchange
import Foundation
import Graphs
import Kernels
import Networks
import PointClouds
import RangeImages
import Recipes
import Training

/// Learning on from a model with its numbers rounded, in the folder of a run.
struct QuantizeLearning {
  let model: Model
  let folder: String
  let resumes: Bool
  let backend: Backend
  let verb: VerbOptions

  var labelMap: LabelMap { model.description.labelMap }

  /// A recipe's training of the model's own network, on its images.
  ///
  /// - Throws: `.mismatched` where the network is none that can be trained.
  func completed(_ training: TrainingConfiguration) throws -> TrainingConfiguration {
    let geometry = model.description.geometry
    var training = training
    let keep = training.network.keep
    training.network = try NetworkConfiguration(
      matching: model.description.graph, classCount: labelMap.classes.count,
      size: Extent(geometry.rows, geometry.columns))
    training.network.keep = keep
    (training.image, training.labelMap) = (geometry, labelMap.name)
    training.name = model.description.name
    training.initialWeights = path("source.safetensors")
    try training.validate(classCount: labelMap.classes.count)
    return training
  }

  /// Keeps the model that is begun with beside what is learned from it.
  ///
  /// - Throws: `.mismatched` where the folder's run began with another model.
  func begin() throws {
    let source = path("source.safetensors")
    guard FileManager.default.fileExists(atPath: source) else {
      try OutputFolder.make(URL(fileURLWithPath: folder))
      return try ModelFile.write(model, to: source)
    }
    guard try Data(contentsOf: URL(fileURLWithPath: source)) == ModelFile.bytes(of: model) else {
      throw TrainingError(
        .mismatched, "the run began with another model",
        remedy: "name the model that it began with, or another folder", path: source)
    }
  }

  /// A model that was learned from `model`, with what is known of that one.
  func withHistory(_ learned: Model) -> Model {
    var learned = learned
    let (own, before) = (learned.description.card, model.description.card)
    learned.description.card.training =
      "\(before.training) Then, with its numbers rounded, \(own.training)"
    learned.description.card.license = before.license
    return learned
  }

  /// Trains, in a folder of its own within the run's.
  ///
  /// - Returns: the best weights, the last ones where nothing was measured, as a model and its file.
  /// - Throws: what reading, training and writing throw; `ExitCode` where the user asked to stop.
  func learned(_ training: TrainingConfiguration, as name: String) throws -> (
    model: Model, path: String
  ) {
    let job = TrainingJob(
      configuration: training, labelMap: labelMap, folder: path(name), resumes: resumes,
      backend: backend, verb: verb)
    let summary = try job.run()
    try TrainingJob.stopIfAsked(isDone: summary.step == summary.steps, hint: TrainingJob.resumption)
    let path = summary.bestModel ?? path("\(name)/final.safetensors")
    return (try ModelFile.read(path), path)
  }

  /// The mean IoU of models on the configuration's validation images, each as it runs; nothing without such
  /// images.
  func scores(of models: [Model], _ training: TrainingConfiguration) throws -> [Double?] {
    let sources = TrainingSources(
      training, labelMap: labelMap, threadCount: verb.threadCount, console: verb.console)
    let images = try sources.validationImages()
    guard !images.isEmpty else { return models.map { _ in nil } }
    return try models.map { model in
      let validator = try Validator(
        images, graph: model.description.graph, input: model.description.input,
        labelMap: labelMap, backend: backend, threadCount: verb.threadCount)
      return validator.headline(validator.scores(of: try validator.confusion(of: model)))
    }
  }

  func path(_ name: String) -> String { URL(fileURLWithPath: folder).appending(path: name).path }
}
