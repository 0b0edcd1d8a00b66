import Graphs
import Tensors

extension TransposedConvolution {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let input = operands[0]
    for position in 0..<result.pixelCount {
      let sums = result.pixel(position)
      for channel in 0..<result.channels { sums[channel] = 0 }
    }
    for position in 0..<input.pixelCount { spread(input, operands[1], position, over: result) }
    let finish = epilogue.split(operands.dropFirst(2))
    for position in 0..<result.pixelCount {
      epilogue.reference(
        finish, result.pixel(position), channels: result.channels, pixel: position)
    }
  }

  /// Adds the products of one input pixel with the weights to the outputs around it.
  private func spread<S: TensorScalar>(
    _ input: TensorView<S>, _ weights: TensorView<S>, _ position: Int, over result: TensorView<S>
  ) {
    let width = input.shape[2]
    let image = position / (input.shape[1] * width)
    let (rows, columns) = crops(to: resultSize(of: input.shape))
    let (top, left) = (rows.before, columns.before)
    let pixel = input.pixel(position)
    for ky in 0..<kernel.height {
      let y = position / width % input.shape[1] * stride.height + ky - top
      guard y >= 0, y < result.shape[1] else { continue }
      for kx in 0..<kernel.width {
        let x = position % width * stride.width + kx - left
        guard x >= 0, x < result.shape[2] else { continue }
        let sums = result.pixel((image * result.shape[1] + y) * result.shape[2] + x)
        for channel in 0..<input.channels {
          let weight = weights.pixel((ky * kernel.width + kx) * input.channels + channel)
          let value = pixel[channel]
          for output in 0..<result.channels { sums[output] += value * weight[output] }
        }
      }
    }
  }
}
