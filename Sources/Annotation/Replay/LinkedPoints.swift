/// Groups places that hang together, seen from above.
enum LinkedPoints {
  private struct Square: Hashable {
    var column: Int
    var row: Int
  }

  /// For each place the number of its group, counted from 0 in the order of their first places; places
  /// within `reach` metres of each other are of one.
  static func groups(_ places: [SIMD2<Double>], reach: Double) -> (groups: [Int], count: Int) {
    func square(_ place: SIMD2<Double>) -> Square {
      Square(
        column: Int((place.x / reach).rounded(.down)), row: Int((place.y / reach).rounded(.down)))
    }
    var squares: [Square: [Int]] = [:]
    for (index, place) in places.enumerated() { squares[square(place), default: []].append(index) }
    var groups = [Int](repeating: -1, count: places.count)
    var count = 0
    for start in places.indices where groups[start] < 0 {
      groups[start] = count
      var queue = [start]
      while let index = queue.popLast() {
        let centre = square(places[index])
        for column in centre.column - 1...centre.column + 1 {
          for row in centre.row - 1...centre.row + 1 {
            for other in squares[Square(column: column, row: row)] ?? [] where groups[other] < 0 {
              let offset = places[other] - places[index]
              guard (offset * offset).sum() <= reach * reach else { continue }
              groups[other] = count
              queue.append(other)
            }
          }
        }
      }
      count += 1
    }
    return (groups, count)
  }
}
