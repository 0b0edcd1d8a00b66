import Graphs
import Tensors

extension BilateralSum {
  func openBLAS(
    _ operands: [TensorView<Float>], _ result: TensorView<Float>, _ threads: Int
  ) -> PreparedKernel {
    let sums = BilateralSums(self, operands, result)
    let bands = Bands(
      of: result.shape[0] * result.shape[1], size: max(1, 4096 / result.shape[2]),
      threads: threads)
    return PreparedKernel(
      "openblas.bilateralSum", bandCount: bands.count, scratchCount: sums.scratchCount
    ) { band, scratch in
      for line in bands[band] { sums.write(line, scratch) }
    }
  }
}

/// Sums over neighbours, cell by cell: the weights of all neighbours are computed together.
private struct BilateralSums {
  private let sum: BilateralSum
  private let operands: [TensorView<Float>]
  private let result: TensorView<Float>
  private let neighbours: [RecurrentCRF.Neighbour]
  /// The distinct widths, and which of them each class has.
  private let widths: [Double]
  private let widthOfClass: [Int]
  /// Neighbours rounded up to whole lanes.
  private let laneCount: Int

  init(_ sum: BilateralSum, _ operands: [TensorView<Float>], _ result: TensorView<Float>) {
    self.sum = sum
    self.operands = operands
    self.result = result
    neighbours = RecurrentCRF(window: sum.window).neighbours
    widths = Array(Set(sum.widths)).sorted()
    widthOfClass = sum.widths.map { [widths] in widths.firstIndex(of: $0) ?? 0 }
    laneCount = (neighbours.count + 7) / 8 * 8
  }

  /// Squared distances, then the weights for each width.
  var scratchCount: Int { laneCount * (1 + widths.count) }

  /// Writes one row, counted through all images.
  func write(_ line: Int, _ distances: Floats) {
    let (height, width) = (result.shape[1], result.shape[2])
    let row = line % height
    for column in 0..<width {
      let position = line * width + column
      let sums = result.pixel(position)
      sums.update(repeating: 0, count: result.channels)
      guard operands[2].pixel(position)[0] != 0 else { continue }
      measure(position, row: row, column: column, distances)
      weigh(distances)
      add(position, row: row, column: column, distances + laneCount, to: sums)
      let mask = operands[2].pixel(position)[0]
      for channel in 0..<result.channels { sums[channel] *= mask }
    }
  }

  private func isInside(_ offset: RecurrentCRF.Neighbour, row: Int, column: Int) -> Bool {
    (0..<result.shape[1]).contains(row + offset.rows)
      && (0..<result.shape[2]).contains(column + offset.columns)
  }

  private func measure(_ position: Int, row: Int, column: Int, _ distances: Floats) {
    let (positions, width) = (operands[1], result.shape[2])
    let here = positions.pixel(position)
    distances.update(repeating: 0, count: laneCount)
    for (index, offset) in neighbours.enumerated()
    where isInside(offset, row: row, column: column) {
      let there = positions.pixel(position + offset.rows * width + offset.columns)
      let (x, y, z) = (here[0] - there[0], here[1] - there[1], here[2] - there[2])
      distances[index] = x * x + y * y + z * z
    }
  }

  private func weigh(_ distances: Floats) {
    for (number, width) in widths.enumerated() {
      let factor = Lanes(repeating: Float(-1 / (2 * width * width)))
      fill(laneCount, distances + (1 + number) * laneCount) {
        ($0[distances] * factor).exponential
      }
    }
  }

  private func add(
    _ position: Int, row: Int, column: Int, _ weights: Floats, to sums: Floats
  ) {
    let width = result.shape[2]
    for (index, offset) in neighbours.enumerated()
    where isInside(offset, row: row, column: column) {
      let other = position + offset.rows * width + offset.columns
      let mask = operands[2].pixel(other)[0]
      guard mask != 0 else { continue }
      let value = operands[0].pixel(other)
      for channel in 0..<result.channels {
        let weight = weights[widthOfClass[channel] * laneCount + index]
        sums[channel] += weight * value[channel] * mask
      }
    }
  }
}
