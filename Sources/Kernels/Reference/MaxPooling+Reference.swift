import Graphs
import Tensors

extension MaxPooling {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let height = result.shape[1]
    let width = result.shape[2]
    for position in 0..<result.pixelCount {
      let maxima = result.pixel(position)
      for channel in 0..<result.channels { maxima[channel] = -.infinity }
      let row = position / width
      raise(
        maxima, over: operands[0], image: row / height, row: row % height,
        column: position % width)
    }
  }

  /// Raises maxima to what one window of the input holds.
  private func raise<S: TensorScalar>(
    _ maxima: UnsafeMutablePointer<S>, over input: TensorView<S>, image: Int, row: Int, column: Int
  ) {
    let height = input.shape[1]
    let width = input.shape[2]
    let rows = SamePadding(size: height, kernel: kernel.height, stride: stride.height)
    let columns = SamePadding(size: width, kernel: kernel.width, stride: stride.width)
    for ky in 0..<kernel.height {
      let y = row * stride.height + ky - rows.before
      guard y >= 0, y < height else { continue }
      for kx in 0..<kernel.width {
        let x = column * stride.width + kx - columns.before
        guard x >= 0, x < width else { continue }
        let pixel = input.pixel((image * height + y) * width + x)
        for channel in 0..<input.channels where pixel[channel] > maxima[channel] {
          maxima[channel] = pixel[channel]
        }
      }
    }
  }
}
