import Graphs
import Tensors

extension RangeRounding {
  /// Whole numbers below this are rounded by adding 1.5 * 2^23 and taking it away again.
  private static let mostBits = 22

  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let input = operands[0]
    let ends = operands[1].base
    guard bits <= Self.mostBits else {
      return PreparedKernel("openblas.rangeRounding.plain") { _, _ in
        reference(operands, result)
      }
    }
    let runs = Runs(input, result)
    let bands = Bands.streaming(result, threads: threads)
    let greatest = Float(greatestStep)
    return PreparedKernel("openblas.rangeRounding", bandCount: bands.count) { band, _ in
      let range = HeldRange(ends)
      let width = range.high - range.low
      let step = width > 0 ? width / greatest : 1
      let zero = (-range.low / step).rounded()
      let last = width > 0 ? greatest : zero
      let (inverse, rounder) = (1 / step, Lanes(repeating: 12_582_912))
      runs.forEach(in: bands[band]) { pixel, count in
        let value = input.pixel(pixel)
        fill(count, result.pixel(pixel)) {
          var steps = $0[value] * inverse + zero
          steps = steps.replacing(with: 0, where: .!(steps .> 0))
          steps = steps.replacing(with: last, where: steps .> last)
          return ((steps + rounder) - rounder - zero) * step
        }
      }
    }
  }
}

extension RangeRoundingGradient {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let (given, value, ends) = (operands[0], operands[1], operands[2].base)
    let runs = Runs(given, value, result)
    let bands = Bands.streaming(result, threads: threads)
    return PreparedKernel("openblas.rangeRoundingGradient", bandCount: bands.count) { band, _ in
      let range = HeldRange(ends)
      runs.forEach(in: bands[band]) { pixel, count in
        let (gradient, x) = (given.pixel(pixel), value.pixel(pixel))
        fill(count, result.pixel(pixel)) {
          $0[gradient].replacing(
            with: 0, where: .!($0[x] .>= range.low .& $0[x] .< range.high))
        }
      }
    }
  }
}

extension RangeEndsGradient {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let (given, value, ends) = (operands[0], operands[1], operands[2].base)
    let channels = given.channels
    let sums = PartialSums(of: 2, over: given.pixelCount, threads: threads)
    return PreparedKernel(
      "openblas.rangeEndsGradient", bandCount: sums.bands.count
    ) { band, _ in
      let range = HeldRange(ends)
      let partial = sums.partial(band)
      sums.forEachChunk(of: band) { pixels in
        var (below, above) = (Lanes.zero, Lanes.zero)
        for position in pixels {
          let (gradient, x) = (given.pixel(position), value.pixel(position))
          forEachSlot(channels) {
            let (g, number) = ($0[gradient], $0[x])
            below += g.replacing(with: 0, where: .!(number .< range.low))
            above += g.replacing(with: 0, where: .!(number .>= range.high))
          }
        }
        partial[0] += below.sum()
        partial[1] += above.sum()
      }
    } finish: {
      let range = HeldRange(ends)
      result.base[0] = range.movesLow ? Float(sums.total(0)) : 0
      result.base[1] = range.movesHigh ? Float(sums.total(1)) : 0
    }
  }
}
