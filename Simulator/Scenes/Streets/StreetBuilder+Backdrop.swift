extension StreetBuilder {
  /// Adds what stands behind the first row: houses, woods, rows of trees.
  mutating func addBackdrop() {
    for (index, side) in [Float(1), -1].enumerated() {
      var random = key.key(.backdrop, index).stream
      let line = plan.main.ground.side(side).buildingLine
      var distance = line + random.uniform(16...28)
      while distance < 100 {
        addLayer(side: side, distance: distance, &random)
        distance += random.uniform(15...30)
      }
    }
  }

  /// Adds one row at a distance from the street.
  private mutating func addLayer(side: Float, distance: Float, _ random: inout RandomStream) {
    let woodShare: Float = plan.style == .city ? 0.15 : plan.style == .arterial ? 0.6 : 0.4
    var along = StreetPlan.extent.lowerBound + random.uniform(0...10)
    while along < StreetPlan.extent.upperBound {
      if random.chance(woodShare) {
        let length = random.uniform(15...50)
        addWoodEdge(side: side, distance: distance, from: along, length: length, &random)
        along += length
      } else {
        let length = random.uniform(9...20)
        let building = Building(plan.style, length: length, &random)
        _ = tryToAdd(
          building, along: plan.main, at: along, side: side, line: distance + random.normal(0, 2),
          &random)
        along += length + random.uniform(0...14)
      }
    }
  }

  /// Adds a row of crowns that reach down to the ground, with trunks between.
  private mutating func addWoodEdge(
    side: Float, distance: Float, from start: Float, length: Float, _ random: inout RandomStream
  ) {
    let height = random.uniform(3...9)
    for step in stride(from: Float(0), to: length, by: 3.2) {
      let place = plan.main.placement(
        along: start + step, across: side * (distance + random.normal(0, 1)))
      guard takeOffStreets(Footprint(place, length: 2.6, width: 2.6)) else { continue }
      let leaves = random.pick(palette.leaves)
      for _ in 0..<2 {
        let centre = place.point(random.normal(0, 0.8), 0, height * random.uniform(0.3...0.8))
        foliage.add(
          to: &mesh, centre: centre, halfAxes: Vector(2.4, 2.4, height * 0.4), detail: 0.25, leaves,
          &random)
      }
      if random.chance(0.5) {
        mesh.addBar(
          from: Vector(0, 0, -0.5), to: Vector(0, 0, height * 0.7),
          radius: random.uniform(0.1...0.25),
          sides: 5, at: place, random.pick(palette.bark))
      }
    }
  }
}
