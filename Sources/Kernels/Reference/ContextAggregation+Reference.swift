import Graphs
import Tensors

extension ContextAggregation {
  func reference<S: TensorScalar>(
    _ operands: [TensorView<S>], _ result: TensorView<S>, _ pixels: Range<Int>
  ) {
    let image = operands[0]
    let taps = WindowTaps(kernel: window, stride: .one, over: image.shape)
    for position in pixels {
      var pooled = Array(repeating: -S.infinity, count: image.channels)
      taps.forEach(at: position) { cell, _ in
        let value = image.pixel(cell)
        for channel in 0..<image.channels where value[channel] > pooled[channel] {
          pooled[channel] = value[channel]
        }
      }
      let squeezed = products(pooled, operands[1], operands[2])
        .map(Activation.relu.reference)
      let excited = products(squeezed, operands[3], operands[4])
      for channel in 0..<result.channels {
        let value =
          image.pixel(position)[channel] * Activation.sigmoid.reference(excited[channel])
        result.pixel(position)[channel] = quantization?.rounded(value) ?? value
      }
    }
  }

  private func products<S: TensorScalar>(
    _ values: [S], _ weights: TensorView<S>, _ bias: TensorView<S>
  ) -> [S] {
    (0..<bias.channels).map { output in
      values.indices.reduce(bias.base[output]) { $0 + values[$1] * weights.pixel($1)[output] }
    }
  }
}
