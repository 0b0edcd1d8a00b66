import Adaptation
import DomainCalibration
import Exchange
import Foundation
import Kernels
import Training

/// Measures candidates without labels of the target.
struct AdaptJudge {
  private let images: [LabelledImage]
  private let held: [LabelledImage]
  private let backend: Backend
  private let threadCount: Int

  /// - Throws: what simulating the images throws that are held out.
  init(
    images: [LabelledImage], model: Model, heldCount: Int, backend: Backend, verb: VerbOptions
  ) throws {
    self.images = images
    held = try SimulatedHoldOut(
      count: heldCount, threadCount: verb.threadCount, console: verb.console
    ).images(for: model)
    self.backend = backend
    threadCount = verb.threadCount
  }

  func candidate(_ name: String, _ model: Model) throws -> Candidate {
    let description = model.description
    let validator = try Validator(
      held, graph: description.graph, input: description.input, labelMap: description.labelMap,
      backend: backend, threadCount: threadCount)
    let scores = validator.scores(of: try validator.confusion(of: model.parameters))
    let view = try TargetView(
      of: images, by: try withTemperature(model), mirrors: false, backend: backend,
      threadCount: threadCount)
    return Candidate(
      name: name, simulatedIoU: validator.headline(scores) ?? 0, entropy: view.entropy,
      agreement: view.agreement)
  }

  /// The model with a temperature that makes its confidences true on simulated images.
  func withTemperature(_ model: Model) throws -> Model {
    try ScoreCalibration(fitting: try sample(model), fitsBias: false).applied(to: model)
  }

  /// The model with a temperature and a bias for each class.
  func calibrated(_ model: Model) throws -> Model {
    try ScoreCalibration(fitting: try sample(model), fitsBias: true).applied(to: model)
  }

  private func sample(_ model: Model) throws -> ScoreSample {
    try ScoreSample(
      of: model, on: held, isLabelled: true, backend: backend, threadCount: threadCount)
  }
}
