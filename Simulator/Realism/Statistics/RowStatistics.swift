/// What one row of the windows holds.
public struct RowStatistics: Equatable, Sendable {
  /// Cells that something returned to.
  public private(set) var validity = Share()
  /// Intensity of the returns, 0 to 1.
  public private(set) var intensity = Mean()
  /// Ranges of the returns, in metres.
  public private(set) var ranges = Histogram(.ranges)

  mutating func add(_ window: Window, row: Int) {
    for cell in window.cells(ofRow: row) {
      let range = window.range[cell]
      validity.count(range > 0)
      guard range > 0 else { continue }
      intensity.add(window.intensity[cell])
      ranges.add(range)
    }
  }

  static func += (row: inout Self, other: Self) {
    row.validity += other.validity
    row.intensity += other.intensity
    row.ranges += other.ranges
  }
}
