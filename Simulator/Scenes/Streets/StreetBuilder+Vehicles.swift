import Randomness

extension StreetBuilder {
  /// Adds parked vehicles along both kerbs, in side streets and on driveways.
  mutating func addParkedVehicles() {
    for (index, side) in [Float(1), -1].enumerated() {
      var random = key.key(.vehicles, 20 + index).stream
      addParkedRow(
        along: plan.main, side: side, parking: plan.main.ground.side(side).parking,
        from: plan.extent.lowerBound + 5, to: plan.extent.upperBound - 5, &random)
      addDrivewayCars(side: side, &random)
    }
    for (index, arm) in plan.arms.enumerated() {
      guard let branch = arm.branch, branch.halfWidth > 2.8 else { continue }
      let start = plan.main.ground.side(branch.side).kerb + 7
      for (half, side) in [Float(1), -1].enumerated() {
        var random = key.key(.vehicles, 30 + 2 * index + half).stream
        if random.chance(0.12) {
          addParkedRow(
            along: arm, side: side, parking: .parallel, from: start, to: 45, &random)
        }
      }
    }
  }

  /// A kind of parked vehicle, as often as it is parked.
  func parkedKind(_ random: inout RandomStream) -> ActorKind {
    random.pick([
      (.hatchback, 0.36), (.sedan, 0.18), (.estate, 0.16), (.suv, 0.14), (.van, 0.11),
      (.pickup, 0.015), (.truck, 0.025), (.trailer, 0.012), (.parkedMotorcycle, 0.015),
    ])
  }

  /// Adds vehicles one after the other along a kerb.
  private mutating func addParkedRow(
    along street: Street, side: Float, parking: Parking, from start: Float, to end: Float,
    _ random: inout RandomStream
  ) {
    guard parking != .none, configuration.vehicles > 0 else { return }
    let share = min(0.97, random.uniform(0.08...1) * configuration.vehicles.squareRoot())
    var along = start
    while along < end {
      let kind = parkedKind(&random)
      let pitch =
        parking.pitch(length: kind.nominalLength) + random.uniform(0...1) * random.uniform(0...1.3)
      // Sparser far away, where few are seen: KITTI's median distance of a car is 29 m.
      if random.chance(share / (1 + along * along / 3000)) {
        park(kind, along: street, at: along + pitch / 2, side: side, parking, &random)
      }
      along += pitch
    }
  }

  private mutating func park(
    _ kind: ActorKind, along street: Street, at along: Float, side: Float,
    _ parking: Parking, _ random: inout RandomStream
  ) {
    let kerb = street.branch?.halfWidth ?? street.ground.side(side).kerb
    if street.branch == nil {
      let roadSide = street.ground.side(side)
      guard plan.isClearOfArms(along, side: side, margin: 4), !plan.isAtEnd(along, margin: 3),
        !roadSide.hasDriveway(at: along), !plan.isOnZebra(along, length: kind.nominalLength)
      else { return }
    }
    var heading: Float = (side < 0) != random.chance(0.15) ? 0 : .pi
    heading += random.normal(0, 0.03)
    var inset: Float = 1.05
    switch parking {
    case .halfOnPavement: inset = 0.1
    case .perpendicular:
      inset = 0.35 + kind.nominalLength / 2
      heading += .pi / 2
    case .diagonal:
      inset = 0.5 + kind.nominalLength * 0.4
      heading -= 0.9
    case .parallel, .none: break
    }
    let across = side * (kerb - inset + random.normal(0, 0.08))
    add(
      kind, on: Trajectory(street: street, along: along, across: across, heading: heading), &random)
  }

  private mutating func addDrivewayCars(side: Float, _ random: inout RandomStream) {
    let roadSide = plan.main.ground.side(side)
    guard roadSide.frontage > 4.5 else { return }
    for driveway in roadSide.driveways
    where random.chance(min(1, 0.06 * configuration.vehicles)) {
      let across = side * (roadSide.frontageStart + min(2.8, roadSide.frontage - 2))
      let heading = side * .pi / 2 + (random.chance(0.5) ? .pi : 0) + random.normal(0, 0.06)
      add(
        parkedKind(&random),
        on: Trajectory(street: plan.main, along: driveway, across: across, heading: heading),
        &random)
    }
  }
}
