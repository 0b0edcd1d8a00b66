import Graphs
import Tensors

/// An image whose channels have moved, each group of adjacent ones by its own step.
struct ShiftedPixels {
  private let input: TensorView<Float>
  private let groups: [Shift.Group]
  private let height: Int
  private let width: Int

  /// Nothing where neighbouring channels move in different ways.
  init?(_ shift: Shift, of input: TensorView<Float>) {
    guard let groups = shift.groups(of: input.channels) else { return nil }
    self.input = input
    self.groups = groups
    (height, width) = (input.shape[1], input.shape[2])
  }

  /// Writes some pixels, `stride` elements from one to the next; zeros come in from beyond the border.
  func write(_ pixels: Range<Int>, to target: Floats, stride: Int) {
    for group in groups {
      let step = group.rows * width + group.columns
      for position in pixels {
        let (line, column) = position.quotientAndRemainder(dividingBy: width)
        let place =
          target + (position - pixels.lowerBound) * stride + group.channels.lowerBound
        let isInside =
          (0..<height).contains(line % height + group.rows)
          && (0..<width).contains(column + group.columns)
        if isInside {
          let source = input.pixel(position + step) + group.channels.lowerBound
          place.update(from: source, count: group.channels.count)
        } else {
          place.update(repeating: 0, count: group.channels.count)
        }
      }
    }
  }
}

extension Shift {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let plain = PlainKernel(operation, result, threads: threads)
    guard let shifted = ShiftedPixels(self, of: operands[0]) else {
      return plain.byPixels { reference(operands, result, $0) }
    }
    return plain.byPixels { pixels in
      shifted.write(
        pixels, to: result.pixel(pixels.lowerBound), stride: result.pixelStride)
    }
  }
}
