/// How many cells the objects of one kind cover.
public struct ObjectSizes: Equatable, Sendable {
  /// Objects at any range.
  public private(set) var count = 0
  /// Cells of each object: a list for each of `RangeBand.ofObjects`.
  private var cellsByBand = [[Int32]](repeating: [], count: RangeBand.ofObjects.count)

  /// Smaller groups are splinters of objects, not objects.
  static let fewestCells = 5

  /// How many objects there are in a band.
  public func count(inBand band: Int) -> Int { cellsByBand[band].count }

  /// The median number of cells that an object in a band covers.
  public func medianCells(inBand band: Int) -> Double? {
    let sorted = cellsByBand[band].sorted()
    guard !sorted.isEmpty else { return nil }
    return Double(sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  /// The number of cells that half of all cells in a band belong to an object of at least: unlike the
  /// median, it does not depend on splinters.
  public func typicalCells(inBand band: Int) -> Int? {
    let sorted = cellsByBand[band].sorted()
    let half = sorted.reduce(0) { $0 + Int($1) } / 2
    var sum = 0
    for cells in sorted {
      sum += Int(cells)
      if sum >= half { return Int(cells) }
    }
    return nil
  }

  mutating func add(cells: Int, meanRange: Float) {
    guard cells >= Self.fewestCells else { return }
    count += 1
    if let band = RangeBand.ofObjects.index(of: meanRange) {
      cellsByBand[band].append(Int32(cells))
    }
  }

  static func += (sizes: inout Self, other: Self) {
    sizes.count += other.count
    for band in sizes.cellsByBand.indices { sizes.cellsByBand[band] += other.cellsByBand[band] }
  }
}

/// The objects in a window: groups of neighbouring cells of one kind, each within a metre of range
/// of the next.
struct ObjectFinder {
  /// Neighbours that differ by this much in range, in metres, are different objects.
  static let rangeStep: Float = 1

  let window: Window
  let kinds: [ObjectKind?]

  /// Calls `body` with each object's kind, number of cells and mean range.
  func forEachObject(_ body: (ObjectKind, Int, Float) -> Void) {
    var isTaken = [Bool](repeating: false, count: kinds.count)
    var open: [Int] = []
    for start in kinds.indices where !isTaken[start] && !window.isHole(start) {
      guard let kind = kinds[start] else { continue }
      isTaken[start] = true
      open.append(start)
      var (cells, ranges) = (0, 0.0)
      while let cell = open.popLast() {
        cells += 1
        ranges += Double(window.range[cell])
        forEachNeighbour(of: cell) { next in
          guard !isTaken[next], kinds[next] == kind, !window.isHole(next),
            abs(window.range[next] - window.range[cell]) < Self.rangeStep
          else { return }
          isTaken[next] = true
          open.append(next)
        }
      }
      body(kind, cells, Float(ranges / Double(cells)))
    }
  }

  private func forEachNeighbour(of cell: Int, _ body: (Int) -> Void) {
    let (row, column) = cell.quotientAndRemainder(dividingBy: window.columns)
    for nextRow in max(row - 1, 0)...min(row + 1, window.rows - 1) {
      for nextColumn in max(column - 1, 0)...min(column + 1, window.columns - 1) {
        body(nextRow * window.columns + nextColumn)
      }
    }
  }
}
