import Foundation

/// The points around a click that hang together with it, seen from above.
///
/// Points are gathered in cells of 0.1 m, which are joined where the middles of their points lie
/// within a reach of each other: what this finds does not depend on the order of the points.
struct ClusterGrowth {
  /// The side of a cell, in metres.
  private static let cellSide = 0.1

  /// A cell that has points.
  private struct Cell {
    var column: Int
    var row: Int
    var sum = SIMD2<Double>.zero
    var points: [Int32] = []
    var middle: SIMD2<Double> { sum / Double(points.count) }
  }

  private var cells: [Cell] = []
  private let middles: [SIMD2<Double>]
  /// Which of `cells` lies at a place of the window, or -1.
  private let window: [Int32]
  private let half: Int
  private let side: Int

  /// The points of a sweep at most `radius` metres from a click and at most `height` above the ground.
  init(_ sweep: OpenedSweep, around click: SIMD2<Double>, radius: Double, height: Double) {
    half = Int((radius / Self.cellSide).rounded(.up)) + 1
    side = 2 * half + 1
    var window = [Int32](repeating: -1, count: side * side)
    let found = sweep.standing.points(
      around: SIMD2(Float(click.x), Float(click.y)), within: Float(radius))
    for index in found where Double(sweep.clearance[index]) <= height {
      let offset = sweep.position(index)
      let place = SIMD2(offset.x, offset.y)
      let column = Int(((place.x - click.x) / Self.cellSide).rounded()) + half
      let row = Int(((place.y - click.y) / Self.cellSide).rounded()) + half
      let position = column * side + row
      if window[position] < 0 {
        window[position] = Int32(cells.count)
        cells.append(Cell(column: column, row: row))
      }
      let cell = Int(window[position])
      cells[cell].sum += place
      cells[cell].points.append(Int32(index))
    }
    self.window = window
    middles = cells.map(\.middle)
  }

  /// The cell nearest to a place, if it is within `reach` metres of it.
  private func cell(nearestTo place: SIMD2<Double>, within reach: Double) -> Int? {
    let distances = middles.map { middle -> Double in
      let offset = middle - place
      return (offset * offset).sum()
    }
    guard let nearest = distances.indices.min(by: { distances[$0] < distances[$1] }),
      distances[nearest] <= reach * reach
    else { return nil }
    return nearest
  }

  /// What hangs together with the points nearest to a place.
  struct Cluster {
    /// Indices of points, in rising order.
    var points: [Int]
    /// The middles of their cells.
    var middles: [SIMD2<Double>]
  }

  /// The cluster around a place whose cells are within `reach` metres of each other.
  ///
  /// - Returns: nothing where there is no point near `place`.
  func cluster(at place: SIMD2<Double>, reach: Double) -> Cluster? {
    guard let seed = cell(nearestTo: place, within: 0.6) else { return nil }
    let span = Int((reach / Self.cellSide).rounded(.up)) + 1
    var isTaken = [Bool](repeating: false, count: cells.count)
    var queue = [seed]
    isTaken[seed] = true
    var position = 0
    while position < queue.count {
      let current = queue[position]
      position += 1
      let (column, row, middle) = (cells[current].column, cells[current].row, middles[current])
      for u in max(0, column - span)...min(side - 1, column + span) {
        for v in max(0, row - span)...min(side - 1, row + span) {
          let other = Int(window[u * side + v])
          guard other >= 0, !isTaken[other] else { continue }
          let offset = middles[other] - middle
          guard (offset * offset).sum() <= reach * reach else { continue }
          isTaken[other] = true
          queue.append(other)
        }
      }
    }
    return Cluster(
      points: queue.flatMap { cells[$0].points.map(Int.init) }.sorted(),
      middles: queue.map { middles[$0] })
  }
}
