import Graphs
import Tensors

extension AveragePooling {
  func reference<S: TensorScalar>(
    _ operands: [TensorView<S>], _ result: TensorView<S>, _ pixels: Range<Int>
  ) {
    let taps = WindowTaps(kernel: kernel, stride: stride, over: operands[0].shape)
    for position in pixels {
      let means = result.pixel(position)
      means.update(repeating: 0, count: result.channels)
      var count: S = 0
      taps.forEach(at: position) { cell, _ in
        let pixel = operands[0].pixel(cell)
        for channel in 0..<result.channels { means[channel] += pixel[channel] }
        count += 1
      }
      for channel in 0..<result.channels { means[channel] /= count }
    }
  }
}

extension AveragePoolingGradient {
  /// Works on whole images, because windows overlap.
  func reference<S: TensorScalar>(
    _ operands: [TensorView<S>], _ result: TensorView<S>, images: Range<Int>
  ) {
    let taps = WindowTaps(window)
    let pixels = window.size.height * window.size.width
    result.clear(images.lowerBound * pixels..<images.upperBound * pixels)
    for position in images.lowerBound * taps.count..<images.upperBound * taps.count {
      var count: S = 0
      taps.forEach(at: position) { _, _ in count += 1 }
      let given = operands[0].pixel(position)
      taps.forEach(at: position) { cell, _ in
        let sums = result.pixel(cell)
        for channel in 0..<result.channels { sums[channel] += given[channel] / count }
      }
    }
  }
}

extension MaxPoolingGradient {
  /// Works on whole images, because windows overlap.
  func reference<S: TensorScalar>(
    _ operands: [TensorView<S>], _ result: TensorView<S>, images: Range<Int>
  ) {
    let taps = WindowTaps(window)
    let pixels = window.size.height * window.size.width
    result.clear(images.lowerBound * pixels..<images.upperBound * pixels)
    for position in images.lowerBound * taps.count..<images.upperBound * taps.count {
      let (given, places) = (operands[0].pixel(position), operands[1].pixel(position))
      taps.forEach(at: position) { cell, tap in
        let sums = result.pixel(cell)
        for channel in 0..<result.channels where places[channel] == S(tap) {
          sums[channel] += given[channel]
        }
      }
    }
  }
}
