import Randomness

extension StreetBuilder {
  /// Adds hedgerows and wood edges close to the street.
  mutating func addThickets() {
    for (index, side) in [Float(1), -1].enumerated() {
      var random = key.key(.vegetation, 20 + index).stream
      let share: Float =
        switch plan.style {
        case .residential: 0.6
        case .city: 0.35
        case .arterial: 0.75
        case .campus: 0.6
        }
      let start = plan.main.ground.side(side).frontageStart
      for _ in 0..<Int(5 * plan.stretch) where random.chance(share * configuration.vegetation) {
        addThicket(
          side: side, distance: start + 1.5 + random.exponential(mean: 3),
          from: plan.moved(random.uniform(-60...30), &random), length: random.uniform(15...60),
          height: random.uniform(2...8), &random)
      }
    }
  }

  /// Adds a row of bushes and crowns that reach down to the ground, with trunks between.
  mutating func addThicket(
    side: Float, distance: Float, from start: Float, length: Float, height: Float,
    _ random: inout RandomStream
  ) {
    var step: Float = 0
    while step < length {
      // Smaller bushes nearby, where single ones are seen.
      let range = egoDistance(
        plan.main.axis.point(along: start + step, across: side * distance))
      let reach = min(2.6, 0.6 + height * 0.18 + range * 0.015)
      defer { step += reach * 1.4 }
      let place = plan.main.placement(
        along: start + step, across: side * (distance + random.normal(0, 0.4 * reach)))
      addBush(at: place, reach: reach, height: height * random.uniform(0.7...1.2), &random)
    }
  }

  /// Adds a bush, or a crown that reaches down to the ground or nearly so, where there is room.
  mutating func addBush(
    at place: Placement, reach: Float, height: Float, _ random: inout RandomStream
  ) {
    guard egoDistance(place.origin) < Self.sight, egoDistance(place.origin) > reach + 2.2,
      takeOffStreets(Footprint(place, length: reach * 1.2, width: reach * 1.2))
    else { return }
    let detail = detail(at: place.origin)
    let leaves = random.pick(palette.leaves)
    let isOpenBelow = height > 4 && random.chance(0.3)
    let foot = isOpenBelow ? height * 0.3 : 0
    foliage.add(
      to: &mesh, at: place.moved(0, 0, (foot + height) / 2),
      halfAxes: Vector(reach, reach * 0.9, (height - foot) / 2), detail: detail, isDense: true,
      leaves, &random)
    if height > 4 {
      mesh.addBar(
        from: Vector(0, 0, -0.5), to: Vector(0, 0, height * 0.7),
        radius: random.uniform(0.08...0.25), sides: 5, at: place, random.pick(palette.bark))
    }
  }
}
