import Graphs
import Tensors

extension ConvolutionWeightGradient {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let (input, given) = (operands[0], operands[1])
    let taps = WindowTaps(kernel: kernel, stride: stride, over: input.shape)
    result.clear()
    for position in 0..<given.pixelCount {
      let gradient = given.pixel(position)
      taps.forEach(at: position) { cell, tap in
        let value = input.pixel(cell)
        for channel in 0..<input.channels {
          let sums = result.pixel(tap * input.channels + channel)
          let factor = value[channel]
          for output in 0..<given.channels { sums[output] += factor * gradient[output] }
        }
      }
    }
  }
}

extension ActivationGradient {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    for position in 0..<result.pixelCount {
      let (given, value) = (operands[0].pixel(position), operands[1].pixel(position))
      for channel in 0..<result.channels {
        let y = value[channel]
        let derivative: S =
          switch activation {
          case .relu: y > 0 ? 1 : 0
          case .sigmoid: y * (1 - y)
          }
        result.pixel(position)[channel] = given[channel] * derivative
      }
    }
  }
}

extension SoftmaxGradient {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    for position in 0..<result.pixelCount {
      let (given, value) = (operands[0].pixel(position), operands[1].pixel(position))
      var sum: S = 0
      for channel in 0..<result.channels { sum += given[channel] * value[channel] }
      for channel in 0..<result.channels {
        result.pixel(position)[channel] = value[channel] * (given[channel] - sum)
      }
    }
  }
}
