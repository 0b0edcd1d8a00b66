import Graphs
import Tensors

extension Conversion {
  func reference<S: TensorScalar>(
    _ operands: [TensorView<S>], _ result: TensorView<S>, _ pixels: Range<Int>
  ) {
    for position in pixels {
      let (from, to) = (operands[0].pixel(position), result.pixel(position))
      for channel in 0..<result.channels {
        to[channel] = quantization?.rounded(from[channel]) ?? from[channel]
      }
    }
  }
}

extension WeightRounding {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let weights = operands[0]
    let rows = 0..<weights.pixelCount
    for output in 0..<weights.channels {
      let greatest = rows.reduce(0) { max($0, abs(weights.pixel($1)[output])) }
      let step = greatest > 0 ? greatest / 127 : 1
      for row in rows {
        result.pixel(row)[output] =
          (weights.pixel(row)[output] / step).rounded(.toNearestOrEven) * step
      }
    }
  }
}
