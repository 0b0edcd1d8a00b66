import Graphs
import Tensors

extension Convolution {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let finish = epilogue.split(operands.dropFirst(2))
    let height = result.shape[1]
    let width = result.shape[2]
    for position in 0..<result.pixelCount {
      let sums = result.pixel(position)
      for channel in 0..<result.channels { sums[channel] = 0 }
      let row = position / width
      addWindow(
        operands[0], operands[1], image: row / height, row: row % height, column: position % width,
        to: sums)
      epilogue.reference(finish, sums, channels: result.channels, pixel: position)
    }
  }

  /// Adds the products of one window of the input with the weights.
  private func addWindow<S: TensorScalar>(
    _ input: TensorView<S>, _ weights: TensorView<S>, image: Int, row: Int, column: Int,
    to sums: UnsafeMutablePointer<S>
  ) {
    let height = input.shape[1]
    let width = input.shape[2]
    let outputs = weights.channels
    let rows = SamePadding(size: height, kernel: kernel.height, stride: stride.height)
    let columns = SamePadding(size: width, kernel: kernel.width, stride: stride.width)
    for ky in 0..<kernel.height {
      let y = row * stride.height + ky - rows.before
      guard y >= 0, y < height else { continue }
      for kx in 0..<kernel.width {
        let x = column * stride.width + kx - columns.before
        guard x >= 0, x < width else { continue }
        for channel in 0..<input.channels {
          let step = shift?.step(ofChannel: channel, of: input.channels) ?? (rows: 0, columns: 0)
          let (row, column) = (y + step.rows, x + step.columns)
          guard row >= 0, row < height, column >= 0, column < width else { continue }
          let weight = weights.pixel((ky * kernel.width + kx) * input.channels + channel)
          let value = input.pixel((image * height + row) * width + column)[channel]
          for output in 0..<outputs { sums[output] += value * weight[output] }
        }
      }
    }
  }
}
