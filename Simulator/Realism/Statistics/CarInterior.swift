/// What the inside of cars looks like.
///
/// Cells without a return between two car cells of a row are holes in a car, where the two are at
/// most 24 columns apart and their ranges differ by at most 2 m.
public struct CarInterior: Equatable, Sendable {
  /// Holes among car cells and holes.
  public private(set) var hole = Share()
  /// The same right of a hole.
  public private(set) var holeRightOfHole = Share()
  /// Car cells of intensity 0.
  public private(set) var zero = Share()
  /// The same right of one.
  public private(set) var zeroRightOfZero = Share()
  /// Intensity of car cells, 0 to 1.
  public private(set) var intensity = Mean()

  /// How far two car cells may be apart, in columns.
  static let farthestColumns = 24
  /// How much their ranges may differ, in metres.
  static let largestStep: Float = 2

  /// Counts a car cell.
  mutating func addCell(intensity value: Float, leftIsHole: Bool, leftIsZero: Bool) {
    hole.count(false)
    if leftIsHole { holeRightOfHole.count(false) }
    zero.count(value == 0)
    if leftIsZero { zeroRightOfZero.count(value == 0) }
    intensity.add(value)
  }

  /// Counts a hole.
  mutating func addHole(leftIsHole: Bool) {
    hole.count(true)
    if leftIsHole { holeRightOfHole.count(true) }
  }

  static func += (interior: inout Self, other: Self) {
    interior.hole += other.hole
    interior.holeRightOfHole += other.holeRightOfHole
    interior.zero += other.zero
    interior.zeroRightOfZero += other.zeroRightOfZero
    interior.intensity += other.intensity
  }
}

/// The inside of cars at all ranges and by range.
public struct CarStatistics: Equatable, Sendable {
  /// All ranges.
  public private(set) var all = CarInterior()
  /// One for each of `RangeBand.ofObjects`.
  public private(set) var byBand = [CarInterior](
    repeating: CarInterior(), count: RangeBand.ofObjects.count)

  mutating func add(_ window: Window, kinds: [ObjectKind?]) {
    for row in 0..<window.rows {
      var previous: Int?
      for cell in window.cells(ofRow: row) where kinds[cell] == .car && !window.isHole(cell) {
        let isGap = previous.map { self.isGap(from: $0, to: cell, window) } ?? false
        if isGap, let previous { addHoles(from: previous, to: cell, window) }
        let left = previous == cell - 1 ? previous : nil
        let leftIsHole = isGap && window.isHole(cell - 1)
        let leftIsZero = left.map { window.intensity[$0] == 0 } ?? false
        count(at: window.range[cell]) {
          $0.addCell(
            intensity: window.intensity[cell], leftIsHole: leftIsHole, leftIsZero: leftIsZero)
        }
        previous = cell
      }
    }
  }

  private func isGap(from left: Int, to right: Int, _ window: Window) -> Bool {
    right - left > 1 && right - left <= CarInterior.farthestColumns
      && abs(window.range[right] - window.range[left]) <= CarInterior.largestStep
  }

  private mutating func addHoles(from left: Int, to right: Int, _ window: Window) {
    let range = (window.range[left] + window.range[right]) / 2
    for cell in left + 1..<right where window.isHole(cell) {
      let leftIsHole = window.isHole(cell - 1)
      count(at: range) { $0.addHole(leftIsHole: leftIsHole) }
    }
  }

  private mutating func count(at range: Float, _ body: (inout CarInterior) -> Void) {
    body(&all)
    if let band = RangeBand.ofObjects.index(of: range) { body(&byBand[band]) }
  }

  static func += (cars: inout Self, other: Self) {
    cars.all += other.all
    for band in cars.byBand.indices { cars.byBand[band] += other.byBand[band] }
  }
}
