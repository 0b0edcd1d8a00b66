/// How often cells have no return or no intensity, and how much that clusters.
public struct DropStatistics: Equatable, Sendable {
  /// Returns of intensity 0.
  public private(set) var zero = Share()
  /// The same of returns whose left neighbour is one.
  public private(set) var zeroRightOfZero = Share()
  /// The same of returns whose upper neighbour is one.
  public private(set) var zeroBelowZero = Share()
  /// The same by range: one for each of `RangeBand.ofCells`.
  public private(set) var zeroByBand = [Share](repeating: Share(), count: RangeBand.ofCells.count)
  /// Cells without a return.
  public private(set) var hole = Share()
  /// The same of cells whose left neighbour is one.
  public private(set) var holeRightOfHole = Share()
  /// Cells without a return between two that have one.
  public private(set) var isolatedHole = Share()

  mutating func add(_ window: Window) {
    for row in 0..<window.rows {
      let cells = window.cells(ofRow: row)
      for cell in cells {
        let hasLeft = cell > cells.lowerBound
        if window.isHole(cell) {
          let isIsolated =
            hasLeft && cell + 1 < cells.upperBound && !window.isHole(cell - 1)
            && !window.isHole(cell + 1)
          isolatedHole.count(isIsolated)
        } else {
          isolatedHole.count(false)
          addReturn(window, cell, hasLeft: hasLeft, hasUpper: row > 0)
        }
        hole.count(window.isHole(cell))
        if hasLeft, window.isHole(cell - 1) { holeRightOfHole.count(window.isHole(cell)) }
      }
    }
  }

  private mutating func addReturn(_ window: Window, _ cell: Int, hasLeft: Bool, hasUpper: Bool) {
    let isZero = window.intensity[cell] == 0
    zero.count(isZero)
    if let band = RangeBand.ofCells.index(of: window.range[cell]) { zeroByBand[band].count(isZero) }
    if hasLeft, window.isZero(cell - 1) { zeroRightOfZero.count(isZero) }
    if hasUpper, window.isZero(cell - window.columns) { zeroBelowZero.count(isZero) }
  }

  static func += (drops: inout Self, other: Self) {
    drops.zero += other.zero
    drops.zeroRightOfZero += other.zeroRightOfZero
    drops.zeroBelowZero += other.zeroBelowZero
    for band in drops.zeroByBand.indices { drops.zeroByBand[band] += other.zeroByBand[band] }
    drops.hole += other.hole
    drops.holeRightOfHole += other.holeRightOfHole
    drops.isolatedHole += other.isolatedHole
  }
}
