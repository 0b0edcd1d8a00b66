import Graphs
import Tensors

extension Combination {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let bands = Bands.streaming(result, threads: threads)
    return PreparedKernel("openblas.combination.\(rawValue)", bandCount: bands.count) { band, _ in
      switch self {
      case .sum: combine(operands, result, bands[band], +)
      case .difference: combine(operands, result, bands[band], -)
      case .product: combine(operands, result, bands[band], *)
      }
    }
  }

  @inline(__always)
  private func combine(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ pixels: Range<Int>,
    _ function: (Lanes, Lanes) -> Lanes
  ) {
    let (first, second) = (operands[0], operands[1])
    let channels = result.channels
    switch Self.broadcast(second.shape, to: first.shape) {
    case .elements:
      Runs(first, second, result).forEach(in: pixels) { pixel, count in
        let (a, b) = (first.pixel(pixel), second.pixel(pixel))
        fill(count, result.pixel(pixel)) { function($0[a], $0[b]) }
      }
    case .channels:
      let b = second.base
      for pixel in pixels {
        let a = first.pixel(pixel)
        fill(channels, result.pixel(pixel)) { function($0[a], $0[b]) }
      }
    case .pixels:
      for pixel in pixels {
        let a = first.pixel(pixel)
        let b = Lanes(repeating: second.pixel(pixel)[0])
        fill(channels, result.pixel(pixel)) { function($0[a], b) }
      }
    case nil: preconditionFailure("\(second.shape) does not meet \(first.shape)")
    }
  }
}

extension Dropout {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let (input, noise) = (operands[0], operands[1])
    let runs = Runs(input, noise, result)
    let bands = Bands.streaming(result, threads: threads)
    let (keep, scale) = (Lanes(repeating: Float(keep)), Lanes(repeating: 1 / Float(keep)))
    return PreparedKernel("openblas.dropout", bandCount: bands.count) { band, _ in
      runs.forEach(in: bands[band]) { pixel, count in
        let (value, chance) = (input.pixel(pixel), noise.pixel(pixel))
        fill(count, result.pixel(pixel)) {
          ($0[value] * scale).replacing(with: 0, where: $0[chance] .>= keep)
        }
      }
    }
  }
}
