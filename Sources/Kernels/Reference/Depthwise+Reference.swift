import Graphs
import Tensors

extension DepthwiseConvolution {
  func reference<S: TensorScalar>(
    _ operands: [TensorView<S>], _ result: TensorView<S>, _ pixels: Range<Int>
  ) {
    let taps = WindowTaps(
      kernel: kernel, stride: stride, dilation: dilation, over: operands[0].shape)
    let finish = epilogue.split(operands.dropFirst(2))
    for position in pixels {
      let sums = result.pixel(position)
      sums.update(repeating: 0, count: result.channels)
      taps.forEach(at: position) { cell, tap in
        let (value, weight) = (operands[0].pixel(cell), operands[1].pixel(tap))
        for channel in 0..<result.channels { sums[channel] += value[channel] * weight[channel] }
      }
      epilogue.reference(finish, sums, channels: result.channels, pixel: position)
    }
  }
}

extension DepthwiseInputGradient {
  /// Works on whole images, because windows overlap.
  func reference<S: TensorScalar>(
    _ operands: [TensorView<S>], _ result: TensorView<S>, images: Range<Int>
  ) {
    let taps = WindowTaps(window)
    let pixels = window.size.height * window.size.width
    result.clear(images.lowerBound * pixels..<images.upperBound * pixels)
    for position in images.lowerBound * taps.count..<images.upperBound * taps.count {
      let given = operands[0].pixel(position)
      taps.forEach(at: position) { cell, tap in
        let (sums, weight) = (result.pixel(cell), operands[1].pixel(tap))
        for channel in 0..<result.channels { sums[channel] += given[channel] * weight[channel] }
      }
    }
  }
}

extension DepthwiseWeightGradient {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let taps = WindowTaps(
      kernel: kernel, stride: stride, dilation: dilation, over: operands[0].shape)
    result.clear()
    for position in 0..<operands[1].pixelCount {
      let given = operands[1].pixel(position)
      taps.forEach(at: position) { cell, tap in
        let (value, sums) = (operands[0].pixel(cell), result.pixel(tap))
        for channel in 0..<result.channels { sums[channel] += value[channel] * given[channel] }
      }
    }
  }
}

extension Shift {
  func reference<S: TensorScalar>(
    _ operands: [TensorView<S>], _ result: TensorView<S>, _ pixels: Range<Int>
  ) {
    let (height, width) = (result.shape[1], result.shape[2])
    for channel in 0..<result.channels {
      let step = step(ofChannel: channel, of: result.channels)
      for position in pixels {
        let (line, column) = position.quotientAndRemainder(dividingBy: width)
        let isInside =
          (0..<height).contains(line % height + step.rows)
          && (0..<width).contains(column + step.columns)
        let source = position + step.rows * width + step.columns
        result.pixel(position)[channel] = isInside ? operands[0].pixel(source)[channel] : 0
      }
    }
  }
}
