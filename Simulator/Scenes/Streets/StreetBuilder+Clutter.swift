import Randomness

extension StreetBuilder {
  /// Adds what stands and grows beside the carriageway: bicycles, tall grass, guard rails.
  mutating func addClutter() {
    for (index, side) in [Float(1), -1].enumerated() {
      var random = key.key(.clutter, 100 + index).stream
      addLeaningCycles(side: side, &random)
      addGrassTufts(side: side, &random)
      if plan.style == .arterial { addGuardRail(side: side, &random) }
    }
  }

  /// Bicycles and motorcycles that stand on the pavement and in gardens without their riders.
  private mutating func addLeaningCycles(side: Float, _ random: inout RandomStream) {
    let road = plan.main.ground.side(side)
    let mean: Float = plan.style == .city ? 3 : plan.style == .arterial ? 0.4 : 1.6
    let count = Int(
      random.exponential(mean: mean) * configuration.clutter * plan.stretch + random.uniform())
    for _ in 0..<count {
      let kind = random.pick([
        ActorKind.parkedBicycle, .parkedBicycle, .parkedBicycle, .parkedMotorcycle,
      ])
      let distance = random.pick([
        road.kerb + 0.6, road.frontageStart - 0.35,
        road.frontageStart + random.uniform(0.5...max(0.6, road.frontage - 0.5)),
      ])
      let heading = random.chance(0.7) ? random.normal(0, 0.1) : random.uniform(-3.1...3.1)
      add(
        kind,
        on: Trajectory(
          street: plan.main,
          along: plan.moved(random.exponential(mean: 22) * random.sign(), &random),
          across: side * distance, heading: heading + (random.chance(0.5) ? .pi : 0)),
        margin: 0.03, &random)
    }
  }

  /// Tufts of tall grass and weeds beside the pavement and in the meadows.
  private mutating func addGrassTufts(side: Float, _ random: inout RandomStream) {
    let road = plan.main.ground.side(side)
    guard plan.style != .city, random.chance(0.6 * configuration.vegetation) else { return }
    for _ in 0..<random.integer(10...60) {
      let distance =
        road.verge > 0.7 && random.chance(0.4)
        ? road.kerb + random.uniform(0.2...road.verge - 0.2)
        : road.frontageStart + 0.3 + random.exponential(mean: 6)
      let place = plan.main.placement(
        along: random.exponential(mean: 20) * random.sign(), across: side * distance)
      let height = random.uniform(0.12...0.5)
      guard egoDistance(place.origin) > 2.5,
        takeOffStreets(Footprint(place, length: 0.5, width: 0.5))
      else { continue }
      foliage.add(
        to: &mesh, at: place.moved(0, 0, height * 0.5),
        halfAxes: Vector(random.uniform(0.2...0.6), random.uniform(0.2...0.5), height * 0.6),
        detail: 0.4, random.pick(palette.leaves), &random)
    }
  }

  /// A steel beam on posts beside the carriageway.
  private mutating func addGuardRail(side: Float, _ random: inout RandomStream) {
    guard random.chance(0.35) else { return }
    let steel = surface(.matte, 0.25...0.6, RawClass.fence, &random)
    let across = side * (plan.main.ground.side(side).kerb + 0.4)
    let start = plan.moved(random.uniform(-90...20), &random)
    let end = start + random.uniform(20...120)
    for along in stride(from: start, to: end, by: 4)
    where plan.isClearOfArms(along + 2, side: side, margin: 4) {
      let place = plan.main.placement(along: along + 2, across: across)
      guard egoDistance(place.origin) > 2.8,
        occupancy.takeIfFree(Footprint(place, length: 3.9, width: 0.15))
      else { continue }
      let foot = plan.main.point(along: along, across: across)
      let next = plan.main.point(along: along + 4, across: across)
      for (low, high, bulge) in [(Float(0.45), Float(0.6), Float(0)), (0.6, 0.76, 0.05)] {
        let shift = place.left * (-side * bulge)
        mesh.addQuad(
          foot + Vector(0, 0, low), next + Vector(0, 0, low), next + Vector(0, 0, high) + shift,
          foot + Vector(0, 0, high) + shift, steel)
      }
      mesh.addBox(
        x: -0.06...0.06, y: -0.08...0.08, z: -0.2...0.74, at: place.moved(-2, side * 0.1), steel)
    }
  }
}
