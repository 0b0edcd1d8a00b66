import Graphs
import Tensors

extension MaxPoolingGradient {
  /// Bands of some channels of one image, because the windows of one image overlap.
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let block = 32
    let blocks = (result.channels + block - 1) / block
    let name = "openblas.maxPoolingGradient.\(window.kernel)"
    return PreparedKernel(name, bandCount: result.shape[0] * blocks) { band, _ in
      let (image, number) = band.quotientAndRemainder(dividingBy: blocks)
      let first = number * block
      scatter(
        operands[0], operands[1], result, image: image,
        channels: first..<min(first + block, result.channels))
    }
  }

  private func scatter(
    _ given: TensorView<Float>, _ places: TensorView<Float>, _ result: TensorView<Float>,
    image: Int, channels: Range<Int>
  ) {
    let (kernel, stride, size) = (window.kernel, window.stride, window.size)
    let (rows, columns) = (window.rows, window.columns)
    let start = image * size.height * size.width
    let target = result.channels(from: channels.lowerBound, count: channels.count)
    target.clear(start..<start + size.height * size.width)
    let offsets = (0..<kernel.height * kernel.width).map { place in
      (place / kernel.width * size.width + place % kernel.width) * result.pixelStride
    }
    offsets.withUnsafeBufferPointer { offsets in
      for row in 0..<rows.outputSize {
        for column in 0..<columns.outputSize {
          let position = (image * rows.outputSize + row) * columns.outputSize + column
          let corner =
            start + (row * stride.height - rows.before) * size.width
            + column * stride.width - columns.before
          let (gradient, place) = (given.pixel(position), places.pixel(position))
          let sums = result.base + corner * result.pixelStride
          for channel in channels {
            sums[offsets[Int(place[channel])] + channel] += gradient[channel]
          }
        }
      }
    }
  }
}
