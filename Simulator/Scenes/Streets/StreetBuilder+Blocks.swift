import Randomness

extension StreetBuilder {
  /// Adds the buildings along the street and along its side streets.
  mutating func addBuildings() {
    for (index, side) in [Float(1), -1].enumerated() {
      var random = key.key(.buildings, index).stream
      addRow(
        along: plan.main, from: plan.extent.lowerBound, to: plan.extent.upperBound,
        side: side, line: plan.main.ground.side(side).buildingLine, &random)
    }
    for (index, arm) in plan.arms.enumerated() {
      guard let branch = arm.branch else { continue }
      let setback = plan.style == .city ? 0.1 : 3
      let start = plan.main.ground.side(branch.side).buildingLine + 3
      for (half, side) in [Float(1), -1].enumerated() {
        var random = key.key(.buildings, 10 + 2 * index + half).stream
        addRow(
          along: arm, from: start, to: 80, side: side,
          line: branch.halfWidth + branch.pavement + Float(setback) + random.uniform(0...2), &random
        )
      }
    }
  }

  /// Adds a row of buildings on one side of a street.
  private mutating func addRow(
    along street: Street, from start: Float, to end: Float, side: Float, line: Float,
    _ random: inout RandomStream
  ) {
    var along = start
    let density = buildingShare(&random)
    while along < end {
      let length = buildingLength(&random)
      let setback = plan.style == .city ? 0 : abs(random.normal(0, 1.6))
      if random.chance(density) {
        let building = Building(plan.style, length: length, &random)
        let isBuilt = tryToAdd(
          building, along: street, at: along, side: side, line: line + setback, &random)
        along += isBuilt ? length : 3
        if isBuilt, plan.style == .residential, random.chance(0.4) {
          along += addGarage(
            along: street, at: along, side: side, line: line + random.uniform(0...3.5), &random)
        }
      } else {
        along += length
      }
      along += gap(&random)
    }
  }

  /// Adds a garage or a wing beside a house.
  ///
  /// - Returns: its length along the street; 0 where there is no room.
  private mutating func addGarage(
    along street: Street, at along: Float, side: Float, line: Float, _ random: inout RandomStream
  ) -> Float {
    let length = random.uniform(2.8...5.5)
    let garage = Building.outbuilding(
      length: length, depth: random.uniform(4.5...7), &random)
    let isBuilt = tryToAdd(
      garage, along: street, at: along + 0.05, side: side, line: line, &random)
    return isBuilt ? length + 0.1 : 0
  }

  /// Builds a building beside a street where there is room.
  mutating func tryToAdd(
    _ building: Building, along street: Street, at start: Float, side: Float, line: Float,
    _ random: inout RandomStream
  ) -> Bool {
    let middle = start + building.size.x / 2
    let centre = street.placement(along: middle, across: side * (line + building.size.y / 2))
    let footprint = Footprint(centre, length: building.size.x, width: building.size.y)
    guard takeOffStreets(footprint.grown(by: -0.25)) else { return false }
    var place = street.placement(
      along: middle, across: side * line, heading: side > 0 ? 0 : .pi)
    place = place.moved(-building.size.x / 2, 0)
    add(building, at: place, &random)
    return true
  }

  private func buildingShare(_ random: inout RandomStream) -> Float {
    switch plan.style {
    case .residential: random.uniform(0.6...0.95)
    case .city: random.uniform(0.85...0.99)
    case .arterial: random.uniform(0.05...0.5)
    case .campus: random.uniform(0.25...0.6)
    }
  }

  private func buildingLength(_ random: inout RandomStream) -> Float {
    switch plan.style {
    case .residential: random.uniform(7...15)
    case .city: random.uniform(9...24)
    case .arterial, .campus: random.uniform(10...32)
    }
  }

  private func gap(_ random: inout RandomStream) -> Float {
    switch plan.style {
    case .residential: random.chance(0.25) ? 0 : random.uniform(1.5...8)
    case .city: random.chance(0.88) ? 0 : random.uniform(2...6)
    case .arterial, .campus: random.uniform(3...20)
    }
  }
}
