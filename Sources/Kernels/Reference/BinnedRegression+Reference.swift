import Foundation
import Graphs
import Tensors

extension BinnedRegression {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let count = binCount
    var sum = 0.0
    for position in 0..<operands[0].pixelCount {
      let weight = Double(operands[2].pixel(position)[0])
      guard weight != 0 else { continue }
      let prediction = operands[0].pixel(position)
      let value = Double(operands[1].pixel(position)[0])
      let bin = bin(of: value)
      let greatest = (0..<count).reduce(-Double.infinity) { max($0, Double(prediction[$1])) }
      let total = (0..<count).reduce(0.0) { $0 + exp(Double(prediction[$1]) - greatest) }
      let error = centre(of: bin) + Double(prediction[count + bin]) - value
      sum +=
        weight
        * (log(total) + greatest - Double(prediction[bin]) + offsetWeight * error * error)
    }
    result.base[0] = S(sum)
  }
}

extension BinnedRegressionGradient {
  func reference<S: TensorScalar>(
    _ operands: [TensorView<S>], _ result: TensorView<S>, _ pixels: Range<Int>
  ) {
    let count = loss.binCount
    let given = Double(operands[3].base[0])
    for position in pixels {
      let weight = given * Double(operands[2].pixel(position)[0])
      let (prediction, gradient) = (operands[0].pixel(position), result.pixel(position))
      guard weight != 0 else {
        gradient.update(repeating: 0, count: 2 * count)
        continue
      }
      let value = Double(operands[1].pixel(position)[0])
      let bin = loss.bin(of: value)
      Softmax.reference(prediction, gradient, channels: count)
      for k in 0..<count {
        gradient[k] = S(weight * (Double(gradient[k]) - (k == bin ? 1 : 0)))
        gradient[count + k] = 0
      }
      let error = loss.centre(of: bin) + Double(prediction[count + bin]) - value
      gradient[count + bin] = S(weight * loss.offsetWeight * 2 * error)
    }
  }
}
