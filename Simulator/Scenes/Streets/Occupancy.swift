/// The ground that is taken, so that nothing stands inside something else.
///
/// Footprints are found through a grid of square cells.
struct Occupancy: Sendable {
  private static let cellSize: Float = 16
  private static let cellsPerSide = 24

  private var footprints: [Footprint] = []
  private var cells = [[Int32]](repeating: [], count: cellsPerSide * cellsPerSide)

  /// Whether no footprint shares ground with this one.
  func isFree(_ footprint: Footprint) -> Bool {
    let cells = Self.cells(around: footprint)
    for row in cells.rows {
      for column in cells.columns {
        for index in self.cells[row * Self.cellsPerSide + column]
        where footprints[Int(index)].overlaps(footprint) {
          return false
        }
      }
    }
    return true
  }

  /// Takes the ground of a footprint.
  mutating func take(_ footprint: Footprint) {
    let cells = Self.cells(around: footprint)
    let index = Int32(footprints.count)
    footprints.append(footprint)
    for row in cells.rows {
      for column in cells.columns {
        self.cells[row * Self.cellsPerSide + column].append(index)
      }
    }
  }

  /// Takes the ground of a footprint where all of it is free.
  ///
  /// - Returns: whether it was free.
  mutating func takeIfFree(_ footprint: Footprint) -> Bool {
    guard isFree(footprint) else { return false }
    take(footprint)
    return true
  }

  private static func cells(
    around footprint: Footprint
  ) -> (columns: ClosedRange<Int>, rows: ClosedRange<Int>) {
    func range(_ middle: Float, _ reach: Float) -> ClosedRange<Int> {
      func cell(_ position: Float) -> Int {
        min(max(Int((position / cellSize).rounded(.down)) + cellsPerSide / 2, 0), cellsPerSide - 1)
      }
      return cell(middle - reach)...cell(middle + reach)
    }
    let radius = footprint.radius
    return (range(footprint.centre.x, radius), range(footprint.centre.y, radius))
  }
}
