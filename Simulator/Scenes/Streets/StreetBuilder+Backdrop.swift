import Randomness

extension StreetBuilder {
  /// How far a sensor may see anything of the backdrop, in metres.
  static let sight: Float = 112
  /// How many triangles are enough: a scene with more gets no further backdrop.
  private static let budget: Float = 60_000

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
    var along = plan.extent.lowerBound + random.uniform(0...10)
    while along < plan.extent.upperBound, mesh.triangleCount < Int(Self.budget * plan.stretch) {
      if random.chance(woodShare) {
        let length = random.uniform(15...50)
        addThicket(
          side: side, distance: distance, from: along, length: length,
          height: random.uniform(3...9), &random)
        along += length
      } else {
        let length = random.uniform(9...20)
        let building = Building(plan.style, length: length, &random)
        let line = distance + random.normal(0, 2)
        if egoDistance(plan.main.point(along: along, across: side * line)) < Self.sight {
          _ = tryToAdd(
            building, along: plan.main, at: along, side: side, line: line, &random)
        }
        along += length + random.uniform(0...14)
      }
    }
  }
}
