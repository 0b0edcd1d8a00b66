import Foundation
import Graphs
import Tensors

extension Gating {
  func reference<S: TensorScalar>(
    _ operands: [TensorView<S>], _ result: TensorView<S>, _ pixels: Range<Int>
  ) {
    let gate = operands[1].base[index]
    for position in pixels {
      let (from, to) = (operands[0].pixel(position), result.pixel(position))
      for channel in 0..<result.channels { to[channel] = from[channel] * gate }
    }
  }
}

extension GatingGradient {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    result.clear()
    result.base[index] = S(
      (0..<operands[0].pixelCount).reduce(0.0) { $0 + product(operands, $1) })
  }

  /// The sum of one pixel's products.
  private func product<S: TensorScalar>(_ operands: [TensorView<S>], _ position: Int) -> Double {
    let (a, b) = (operands[0].pixel(position), operands[1].pixel(position))
    var sum: S = 0
    for channel in 0..<operands[0].channels { sum += a[channel] * b[channel] }
    return Double(sum)
  }
}

extension LogarithmicPower {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    for position in 0..<result.pixelCount {
      let (from, to) = (operands[0].pixel(position), result.pixel(position))
      for channel in 0..<result.channels {
        let logarithm = max(0, log(Double(from[channel])))
        to[channel] = S(coefficient * pow(logarithm, exponent))
      }
    }
  }
}

extension LogarithmicPowerGradient {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    for position in 0..<result.pixelCount {
      let (given, of) = (operands[0].pixel(position), operands[1].pixel(position))
      let to = result.pixel(position)
      for channel in 0..<result.channels {
        let number = Double(of[channel])
        let slope =
          number > 1 ? coefficient * exponent * pow(log(number), exponent - 1) / number : 0
        to[channel] = given[channel] * S(slope)
      }
    }
  }
}
