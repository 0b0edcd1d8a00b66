import Foundation
import Tensors

/// The most probable class of each cell, and the probabilities of all.
struct CellClasses {
  /// Positions in the label map, row by row.
  let classes: [UInt8]
  /// The softmax of each cell's scores at its class, 0...1.
  let confidence: [Float]
  private let probabilities: [Float]
  private let classCount: Int

  /// Takes scores of shape `[1, H, W, C]`; of equal scores the lower class wins.
  init(scores: Tensor<Float>) {
    let count = scores.shape.channels
    let cells = scores.count / count
    var classes = [UInt8](repeating: 0, count: cells)
    var confidence = [Float](repeating: 0, count: cells)
    var probabilities = [Float](repeating: 0, count: scores.count)
    scores.withUnsafeElements { scores in
      for cell in 0..<cells {
        let first = cell * count
        var best = first
        for index in first..<(first + count) where scores[index] > scores[best] { best = index }
        var sum: Float = 0
        for index in first..<(first + count) {
          probabilities[index] = exp(scores[index] - scores[best])
          sum += probabilities[index]
        }
        for index in first..<(first + count) { probabilities[index] /= sum }
        classes[cell] = UInt8(best - first)
        confidence[cell] = probabilities[best]
      }
    }
    self.classes = classes
    self.confidence = confidence
    self.probabilities = probabilities
    classCount = count
  }

  /// The softmax of a cell's scores at one class, 0...1.
  func probability(of position: UInt8, inCell cell: Int) -> Float {
    probabilities[cell * classCount + Int(position)]
  }
}
