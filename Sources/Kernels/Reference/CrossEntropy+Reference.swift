import Foundation
import Graphs
import Tensors

/// The scores of a loss with what they are compared to.
struct LabelledScores<S: TensorScalar> {
  let scores: TensorView<S>
  let labels: TensorView<S>
  let weights: TensorView<S>

  init(_ operands: [TensorView<S>]) {
    scores = operands[0]
    labels = operands[1]
    weights = operands[2]
  }

  /// The class of a pixel that counts; nothing for one that does not.
  func label(_ position: Int) -> Int? {
    let label = labels.pixel(position)[0]
    guard weights.pixel(position)[0] != 0, label >= 0, label < S(scores.channels) else {
      return nil
    }
    return Int(label)
  }

  /// Writes the softmax of a pixel's scores.
  func writeProbabilities(_ position: Int, to probabilities: UnsafeMutablePointer<S>) {
    Softmax.reference(scores.pixel(position), probabilities, channels: scores.channels)
  }
}

/// `(1 - p)^focusing (-log p)` and its derivative, p being a probability above 0.
struct FocalTerm {
  let value: Double
  let derivative: Double

  init(_ p: Double, focusing: Double) {
    let rest = max(1 - p, 0)
    let surprise = -log(p)
    guard focusing > 0 else {
      value = surprise
      derivative = -1 / p
      return
    }
    let factor = focusing == 2 ? rest * rest : pow(rest, focusing)
    let slope = focusing == 2 ? 2 * rest : rest > 0 ? focusing * pow(rest, focusing - 1) : 0
    value = factor * surprise
    derivative = -slope * surprise - factor / p
  }
}

extension CrossEntropy {
  /// The loss over some pixels, added up in double precision.
  func sum<S: TensorScalar>(_ operands: [TensorView<S>], _ pixels: Range<Int>) -> Double {
    let scores = LabelledScores(operands)
    return withUnsafeTemporaryAllocation(of: S.self, capacity: scores.scores.channels) { buffer in
      guard let probabilities = buffer.baseAddress else { return 0 }
      var sum = 0.0
      for position in pixels {
        guard let label = scores.label(position) else { continue }
        scores.writeProbabilities(position, to: probabilities)
        let term = FocalTerm(Double(probabilities[label]) + Self.floor, focusing: focusing)
        sum += Double(scores.weights.pixel(position)[0]) * classWeights[label] * term.value
      }
      return sum
    }
  }

  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    result.base[0] = S(sum(operands, 0..<operands[0].pixelCount))
  }
}

extension CrossEntropyGradient {
  func reference<S: TensorScalar>(
    _ operands: [TensorView<S>], _ result: TensorView<S>, _ pixels: Range<Int>
  ) {
    let scores = LabelledScores(operands)
    let given = Double(operands[3].base[0])
    for position in pixels {
      let gradient = result.pixel(position)
      guard let label = scores.label(position) else {
        gradient.update(repeating: 0, count: result.channels)
        continue
      }
      scores.writeProbabilities(position, to: gradient)
      let p = Double(gradient[label])
      let term = FocalTerm(p + CrossEntropy.floor, focusing: focusing)
      let factor =
        given * Double(scores.weights.pixel(position)[0]) * classWeights[label]
        * term.derivative * p
      for channel in 0..<result.channels {
        let isLabel: Double = channel == label ? 1 : 0
        gradient[channel] = S(factor * (isLabel - Double(gradient[channel])))
      }
    }
  }
}
