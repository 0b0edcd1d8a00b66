import Randomness

extension StreetBuilder {
  /// Takes the ground of car parks, yards and tracks, so that nothing is built there.
  mutating func reserveCourtyards() {
    for courtyard in plan.main.ground.courtyards {
      let depth = courtyard.distance.upperBound - courtyard.distance.lowerBound
      let middle = (courtyard.distance.upperBound + courtyard.distance.lowerBound) / 2
      let shear = plan.main.ground.side(courtyard.side).shear
      let lean = shear * (middle - plan.main.ground.side(courtyard.side).kerb)
      for along in stride(
        from: courtyard.along.lowerBound, to: courtyard.along.upperBound, by: 6)
      {
        let place = plan.main.placement(along: along + lean + 3, across: courtyard.side * middle)
        corridors.take(Footprint(place, length: 6.2, width: depth))
      }
    }
  }

  /// Adds the cars of car parks, and what lies and stands in yards and on tracks.
  mutating func furnishCourtyards() {
    for (index, courtyard) in plan.main.ground.courtyards.enumerated() {
      var random = key.key(.vehicles, 200 + index).stream
      switch courtyard.use {
      case .carPark: addCarPark(courtyard, &random)
      case .gravel: addYard(courtyard, &random)
      case .tracks: addTracks(courtyard)
      }
    }
  }

  /// A place in a courtyard: metres along it and metres away from the street.
  private func trajectory(
    _ courtyard: Ground.Courtyard, along: Float, distance: Float, heading: Float
  ) -> Trajectory {
    let side = plan.main.ground.side(courtyard.side)
    return Trajectory(
      street: plan.main, along: along + side.shear * (distance - side.kerb),
      across: courtyard.side * distance, heading: heading)
  }

  /// Rows of bays with lanes between them; the bays along the street or across it.
  private mutating func addCarPark(
    _ courtyard: Ground.Courtyard, _ random: inout RandomStream
  ) {
    let share = min(0.95, random.uniform(0.15...0.8) * configuration.vehicles)
    let isAlong = random.chance(0.92)
    let (rows, columns) =
      isAlong
      ? (courtyard.along, courtyard.distance) : (courtyard.distance, courtyard.along)
    var row = rows.lowerBound + 2.6
    var isPair = false
    while row < rows.upperBound - 2 {
      for bay in stride(from: columns.lowerBound + 1.4, to: columns.upperBound - 1.2, by: 2.55) {
        let jitter = random.normal(0, 0.15)
        let place = isAlong ? (row + jitter, bay) : (bay, row + jitter)
        // Sparser far away, as in the street.
        guard random.chance(share / (1 + place.0 * place.0 / 3000)) else { continue }
        let heading: Float = (isAlong ? 0 : .pi / 2) + (random.chance(0.5) ? .pi : 0)
        add(
          parkedKind(&random),
          on: trajectory(
            courtyard, along: place.0, distance: place.1, heading: heading + random.normal(0, 0.03)),
          &random)
      }
      row += isPair ? 11.2 : 5.2
      isPair.toggle()
    }
  }

  /// A few vehicles at odd angles.
  private mutating func addYard(_ courtyard: Ground.Courtyard, _ random: inout RandomStream) {
    for _ in 0..<Int(random.uniform(0...4) * configuration.vehicles) {
      let kind: ActorKind = random.pick([
        (.hatchback, 2), (.estate, 2), (.van, 2), (.truck, 1), (.trailer, 2),
      ])
      add(
        kind,
        on: trajectory(
          courtyard, along: random.uniform(courtyard.along),
          distance: random.uniform(courtyard.distance), heading: random.uniform(-3.1...3.1)),
        margin: 0.5, &random)
    }
  }

  /// Pairs of rails.
  private mutating func addTracks(_ courtyard: Ground.Courtyard) {
    let steel = mesh.add(Surface(.matte, 0.35, semantic: RawClass.otherGround))
    let side = plan.main.ground.side(courtyard.side)
    func point(_ along: Float, _ distance: Float) -> Vector {
      plan.main.point(
        along: along + side.shear * (distance - side.kerb), across: courtyard.side * distance,
        above: 0.12)
    }
    for track in stride(
      from: courtyard.distance.lowerBound + 2, to: courtyard.distance.upperBound - 1.5, by: 3.8)
    {
      for gauge: Float in [-0.72, 0.72] {
        for along in stride(from: courtyard.along.lowerBound, to: courtyard.along.upperBound, by: 8)
        {
          mesh.addBar(
            from: point(along, track + gauge), to: point(along + 8, track + gauge), radius: 0.06,
            sides: 4, steel)
        }
      }
    }
  }
}
