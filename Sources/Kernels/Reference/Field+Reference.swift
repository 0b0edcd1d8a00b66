import Graphs
import Tensors

/// The cells around each cell of an image, the cell itself left out.
struct FieldNeighbours {
  private let offsets: [RecurrentCRF.Neighbour]
  private let height: Int
  private let width: Int

  init(window: Extent, image: TensorShape) {
    offsets = RecurrentCRF(window: window).neighbours
    height = image[1]
    width = image[2]
  }

  /// Calls `body` with each neighbour within the image.
  func forEach(
    of position: Int, _ body: (_ other: Int, _ offset: RecurrentCRF.Neighbour) -> Void
  ) {
    let (row, column) = (position / width % height, position % width)
    for offset in offsets
    where (0..<height).contains(row + offset.rows) && (0..<width).contains(column + offset.columns)
    {
      body(position + offset.rows * width + offset.columns, offset)
    }
  }
}

extension NeighbourSum {
  func reference<S: TensorScalar>(
    _ operands: [TensorView<S>], _ result: TensorView<S>, _ pixels: Range<Int>
  ) {
    let neighbours = FieldNeighbours(window: window, image: result.shape)
    for position in pixels {
      let sums = result.pixel(position)
      sums.update(repeating: 0, count: result.channels)
      neighbours.forEach(of: position) { other, offset in
        let value = operands[0].pixel(other)
        for channel in 0..<result.channels {
          sums[channel] += S(offset.weight(width: widths[channel])) * value[channel]
        }
      }
    }
  }
}

extension BilateralSum {
  func reference<S: TensorScalar>(
    _ operands: [TensorView<S>], _ result: TensorView<S>, _ pixels: Range<Int>
  ) {
    let neighbours = FieldNeighbours(window: window, image: result.shape)
    let (positions, mask) = (operands[1], operands[2])
    for position in pixels {
      let sums = result.pixel(position)
      sums.update(repeating: 0, count: result.channels)
      let here = positions.pixel(position)
      neighbours.forEach(of: position) { other, _ in
        let (value, there) = (operands[0].pixel(other), positions.pixel(other))
        let (x, y, z) = (here[0] - there[0], here[1] - there[1], here[2] - there[2])
        let distance = x * x + y * y + z * z
        for channel in 0..<result.channels {
          let weight = exponential(-distance / S(2 * widths[channel] * widths[channel]))
          sums[channel] += weight * value[channel] * mask.pixel(other)[0]
        }
      }
      for channel in 0..<result.channels { sums[channel] *= mask.pixel(position)[0] }
    }
  }
}
