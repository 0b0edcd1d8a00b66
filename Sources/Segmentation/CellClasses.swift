import Foundation
import Kernels
import Tensors

/// The most probable class of each cell, and the probabilities of all.
struct CellClasses {
  /// Positions in the label map, row by row.
  let classes: [UInt8]
  /// The softmax of each cell's scores at its class, 0...1.
  let confidence: [Float]
  private let scores: [Float]
  private let classCount: Int

  /// Takes scores of shape `[1, H, W, C]`; of equal scores the lower class wins.
  init(scores: Tensor<Float>, by backend: Backend) {
    let best = MostProbableClasses(of: scores, by: backend)
    classes = best.classes
    confidence = best.probabilities
    self.scores = scores.elements
    classCount = scores.shape.channels
  }

  /// The softmax of a cell's scores at one class, 0...1.
  func probability(of position: UInt8, inCell cell: Int) -> Float {
    let best = classes[cell]
    guard position != best else { return confidence[cell] }
    let first = cell * classCount
    return exp(scores[first + Int(position)] - scores[first + Int(best)]) * confidence[cell]
  }
}
