import Randomness

extension StreetBuilder {
  /// Adds the houses or trees that end the street, behind and ahead.
  mutating func addVistas() {
    for (index, along) in plan.ends.enumerated() {
      var random = key.key(.backdrop, 10 + index).stream
      if random.chance(plan.style == .city ? 0.75 : 0.5) {
        addHouses(across: along, &random)
      } else {
        addWood(across: along, &random)
      }
    }
  }

  private mutating func addHouses(across along: Float, _ random: inout RandomStream) {
    // The house that ends the view comes first, as long as there is room for; then its neighbours.
    var edges = (left: Float(0), right: Float(0))
    for length: Float in [17, 13, 10, 7, 5] {
      let middle = random.normal(0, 1.5)
      let building = Building(plan.style, length: length, &random)
      if tryToAdd(building, across: along, from: middle - length / 2, &random) {
        edges = (middle + length / 2, middle - length / 2)
        break
      }
    }
    while max(edges.left, -edges.right) < 34 {
      let length = random.uniform(8...18)
      let building = Building(plan.style, length: length, &random)
      let isLeft = edges.left < -edges.right
      let start = isLeft ? edges.left : edges.right - length
      let step = tryToAdd(building, across: along, from: start, &random) ? length : 3
      let gap = random.chance(0.7) ? 0 : random.uniform(1...5)
      if isLeft { edges.left += step + gap } else { edges.right -= step + gap }
    }
  }

  /// Builds a building across the street where there is room, its front towards the ego vehicle;
  /// `start` is its end that is farther to the right, in metres to the left of the street's middle.
  private mutating func tryToAdd(
    _ building: Building, across along: Float, from start: Float, _ random: inout RandomStream
  ) -> Bool {
    let isAhead = along > 0
    let corner = plan.main.placement(
      along: along, across: isAhead ? start + building.size.x : start,
      heading: isAhead ? -.pi / 2 : .pi / 2)
    let footprint = Footprint(
      corner.moved(building.size.x / 2, building.size.y / 2), length: building.size.x,
      width: building.size.y)
    guard takeOffStreets(footprint.grown(by: -0.25)) else { return false }
    add(building, at: corner, &random)
    return true
  }

  private mutating func addWood(across along: Float, _ random: inout RandomStream) {
    let height = random.uniform(5...11)
    for row in 0..<3 {
      var across: Float = -30
      while across < 30 {
        let reach = random.uniform(1.2...3)
        let place = plan.main.placement(
          along: along + (along > 0 ? 1 : -1) * Float(row) * 3.5 + random.normal(0, 0.7),
          across: across)
        addBush(at: place, reach: reach, height: height * random.uniform(0.7...1.3), &random)
        across += reach * 1.5
      }
    }
  }
}
