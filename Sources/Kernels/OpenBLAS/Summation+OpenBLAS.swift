import Graphs
import Tensors

extension Summation {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    switch self {
    case .pixels: overPixels(operands[0], result, threads)
    case .channels: overChannels(operands[0], result, threads)
    }
  }

  private func overPixels(
    _ input: TensorView<Float>, _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let channels = input.channels
    let sums = PartialSums(of: channels, over: input.pixelCount, threads: threads)
    return PreparedKernel(
      "openblas.summation.pixels", bandCount: sums.bands.count, scratchCount: channels
    ) { band, chunk in
      let partial = sums.partial(band)
      sums.forEachChunk(of: band) { pixels in
        chunk.update(repeating: 0, count: channels)
        for position in pixels {
          let value = input.pixel(position)
          fill(channels, chunk) { $0[chunk] + $0[value] }
        }
        fill(channels, partial) { $0[partial] + $0[chunk] }
      }
    } finish: {
      for channel in 0..<channels { result.base[channel] = Float(sums.total(channel)) }
    }
  }

  private func overChannels(
    _ input: TensorView<Float>, _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let bands = Bands.streaming(input, threads: threads)
    return PreparedKernel("openblas.summation.channels", bandCount: bands.count) { band, _ in
      for position in bands[band] {
        let value = input.pixel(position)
        var sum: Float = 0
        for channel in 0..<input.channels { sum += value[channel] }
        result.pixel(position)[0] = sum
      }
    }
  }
}
