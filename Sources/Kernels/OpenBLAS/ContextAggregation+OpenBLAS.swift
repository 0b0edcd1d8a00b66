import Graphs
import Tensors

extension ContextAggregation {
  /// Row by row: what is pooled and squeezed stays in the cache.
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let (image, width) = (operands[0], result.shape[2])
    let (channels, squeezed) = (image.channels, operands[2].channels)
    let pooling = MaxPooling(kernel: window, stride: .one)
    let maximaCount = SlidingMaxima(pooling, image, result).rowCount
    let bands = Bands(of: result.shape[0] * result.shape[1], size: 4, threads: threads)
    return PreparedKernel(
      "openblas.contextAggregation.\(window)", bandCount: bands.count,
      scratchCount: maximaCount + width * (channels + squeezed)
    ) { band, scratch in
      let pooled = scratch + maximaCount
      let hidden = TensorView(base: pooled + width * channels, shape: [width, squeezed])
      for row in bands[band] {
        // A view of which this row is the only one that exists.
        let rows = TensorView(base: pooled - row * width * channels, shape: image.shape)
        SlidingMaxima(pooling, image, rows).write(row, scratch)
        let pixels = row * width..<(row + 1) * width
        let values = TensorView(base: pooled, shape: [width, channels])
        OpenBLAS.multiply(
          values.matrix(0..<width), operands[1].matrix(channels), into: hidden.matrix(0..<width))
        let bias = operands[2].base
        for pixel in 0..<width {
          let sums = hidden.pixel(pixel)
          fill(squeezed, sums) { ($0[sums] + $0[bias]).rectified }
        }
        OpenBLAS.multiply(
          hidden.matrix(0..<width), operands[3].matrix(squeezed), into: result.matrix(pixels))
        let shift = operands[4].base
        for pixel in pixels {
          let (sums, value) = (result.pixel(pixel), image.pixel(pixel))
          fill(channels, sums) { $0[value] * ($0[sums] + $0[shift]).sigmoid }
        }
      }
    }
  }
}
