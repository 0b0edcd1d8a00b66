/// Groups places that hang together, seen from above.
enum LinkedPoints {
  /// For each place the number of its group, counted from 0 in the order of their first places; places
  /// within `reach` metres of each other are of one.
  static func groups(_ places: [SIMD2<Double>], reach: Double) -> (groups: [Int], count: Int) {
    let squares = Squares(places, side: reach)
    var groups = [Int](repeating: -1, count: places.count)
    var count = 0
    for start in places.indices where groups[start] < 0 {
      groups[start] = count
      var queue = [start]
      while let index = queue.popLast() {
        squares.forEach(near: places[index]) { other in
          guard groups[other] < 0 else { return }
          let offset = places[other] - places[index]
          guard (offset * offset).sum() <= reach * reach else { return }
          groups[other] = count
          queue.append(other)
        }
      }
      count += 1
    }
    return (groups, count)
  }

  /// For each of some places the group of the nearest one among those that have groups, if it is within
  /// `reach` metres; else -1.
  static func nearestGroups(
    to some: [SIMD2<Double>], among places: [SIMD2<Double>], of groups: [Int], reach: Double
  ) -> [Int] {
    let squares = Squares(places, side: reach)
    return some.map { place in
      var (nearest, least) = (-1, reach * reach)
      squares.forEach(near: place) { other in
        let offset = places[other] - place
        let distance = (offset * offset).sum()
        if distance <= least { (nearest, least) = (groups[other], distance) }
      }
      return nearest
    }
  }
}

/// Places by the squares that they lie in: what is within a square's side of a place lies in its square
/// or in one of those around.
private struct Squares {
  private struct Square: Hashable {
    var column: Int
    var row: Int
  }

  private let side: Double
  private var indices: [Square: [Int]] = [:]

  init(_ places: [SIMD2<Double>], side: Double) {
    self.side = side
    for (index, place) in places.enumerated() { indices[square(place), default: []].append(index) }
  }

  private func square(_ place: SIMD2<Double>) -> Square {
    Square(
      column: Int((place.x / side).rounded(.down)), row: Int((place.y / side).rounded(.down)))
  }

  func forEach(near place: SIMD2<Double>, _ act: (Int) -> Void) {
    let centre = square(place)
    for column in centre.column - 1...centre.column + 1 {
      for row in centre.row - 1...centre.row + 1 {
        indices[Square(column: column, row: row)]?.forEach(act)
      }
    }
  }
}
