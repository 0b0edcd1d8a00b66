import Datasets
import Exchange
import Kernels
import PointClouds
import Training

/// Simulated images that no shipped model was trained on: what anybody can measure one by.
struct SimulatedHoldOut {
  /// Streets of other seeds are learned from and validated by.
  static let seed: UInt64 = 7_000_003
  /// Images that are measured.
  static let count = 200

  var count = Self.count
  let threadCount: Int
  let console: Console

  /// The images, of a model's size.
  func images(for model: Model) throws -> [LabelledImage] {
    let description = model.description
    var configuration = TrainingConfiguration()
    configuration.image = description.geometry
    configuration.validation.images = count
    configuration.validation.data = [
      DataConfiguration(path: "hdl64e-kitti", kind: .streets, seed: Self.seed)
    ]
    return try TrainingSources(
      configuration, labelMap: description.labelMap, threadCount: threadCount, console: console
    ).validationImages()
  }

  /// The IoU of each class by name, as a card's figures are called.
  func figures(of model: Model) throws -> [String: Double] {
    let description = model.description
    let validator = try Validator(
      try images(for: model), graph: description.graph, input: description.input,
      labelMap: description.labelMap, backend: .fastest, threadCount: threadCount)
    let scores = validator.scores(of: try validator.confusion(of: model.parameters))
    return Dictionary(uniqueKeysWithValues: scores.map { (Self.name(of: $0.key), $0.value) })
  }

  /// What a card calls the IoU of a class.
  static func name(of label: String) -> String { "iou.\(label), \(count) simulated images" }
}
