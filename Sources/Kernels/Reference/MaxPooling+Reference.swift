import Graphs
import Tensors

extension MaxPooling {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let input = operands[0]
    let taps = WindowTaps(kernel: kernel, stride: stride, over: input.shape)
    for position in 0..<result.pixelCount {
      let maxima = result.pixel(position)
      maxima.update(repeating: -.infinity, count: input.channels)
      taps.forEach(at: position) { cell, tap in
        let value = input.pixel(cell)
        for channel in 0..<input.channels where value[channel] > maxima[channel] {
          maxima[channel] = value[channel]
          if storesPlaces { maxima[input.channels + channel] = S(tap) }
        }
      }
    }
  }
}
