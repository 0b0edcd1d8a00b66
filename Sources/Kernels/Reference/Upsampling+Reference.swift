import Graphs
import Tensors

/// Between which two of `size` cells a cell of an enlarged axis lies, and how near the second.
struct Interpolation<S: TensorScalar> {
  let first: Int
  let second: Int
  let weight: S

  init(_ position: Int, factor: Int, size: Int) {
    let place = max((S(position) + 0.5) / S(factor) - 0.5, 0)
    first = Int(place)
    second = min(first + 1, size - 1)
    weight = place - S(first)
  }
}

/// The four cells that an enlarged image's pixel is mixed from.
private func forEachCorner<S: TensorScalar>(
  of pixel: Int, of image: TensorShape, factor: Extent, _ body: (_ cell: Int, _ weight: S) -> Void
) {
  let (height, width) = (image[1], image[2])
  let (line, column) = pixel.quotientAndRemainder(dividingBy: width * factor.width)
  let (number, row) = line.quotientAndRemainder(dividingBy: height * factor.height)
  let y = Interpolation<S>(row, factor: factor.height, size: height)
  let x = Interpolation<S>(column, factor: factor.width, size: width)
  for (cellRow, rowWeight) in [(y.first, 1 - y.weight), (y.second, y.weight)] {
    let start = (number * height + cellRow) * width
    body(start + x.first, rowWeight * (1 - x.weight))
    body(start + x.second, rowWeight * x.weight)
  }
}

extension Upsampling {
  func reference<S: TensorScalar>(
    _ operands: [TensorView<S>], _ result: TensorView<S>, _ pixels: Range<Int>
  ) {
    for position in pixels {
      let sums = result.pixel(position)
      sums.update(repeating: 0, count: result.channels)
      forEachCorner(of: position, of: operands[0].shape, factor: factor) { cell, weight in
        let value = operands[0].pixel(cell)
        for channel in 0..<result.channels { sums[channel] += weight * value[channel] }
      }
    }
  }
}

extension UpsamplingGradient {
  /// Works on whole images, because several pixels are mixed from one cell.
  func reference<S: TensorScalar>(
    _ operands: [TensorView<S>], _ result: TensorView<S>, images: Range<Int>
  ) {
    let cells = result.shape[1] * result.shape[2]
    let pixels = cells * factor.height * factor.width
    result.clear(images.lowerBound * cells..<images.upperBound * cells)
    for position in images.lowerBound * pixels..<images.upperBound * pixels {
      let given = operands[0].pixel(position)
      forEachCorner(of: position, of: result.shape, factor: factor) { cell, weight in
        let sums = result.pixel(cell)
        for channel in 0..<result.channels { sums[channel] += weight * given[channel] }
      }
    }
  }
}
