import Randomness

extension ActorDraft {
  /// Adds the trunk and the head of somebody who sits in a vehicle: all that its windows show.
  ///
  /// The head is `rise` metres above the seat.
  mutating func addOccupant(at seat: Vector, rise: Float = 0.74) {
    let (skin, clothes) = (matte(0.3...0.6), cloth())
    mesh.addEllipsoid(
      centre: seat + Vector(0, 0, rise - 0.43), halfAxes: Vector(0.13, 0.21, 0.32), sides: 6,
      rings: 3, clothes)
    mesh.addEllipsoid(
      centre: seat + Vector(0.03, 0, rise), halfAxes: Vector(0.095, 0.078, 0.12), sides: 5,
      rings: 4, skin)
  }

  /// Adds seats on both sides of a gangway, and people on some of them.
  mutating func addSeatRows(
    from start: Float, to end: Float, halfWidth: Float, floor: Float, _ surfaces: HeavySurfaces
  ) {
    for x in stride(from: start, to: end, by: -0.95) {
      for side: Float in [1, -1] where random.chance(0.85) {
        let y = side * (halfWidth - 0.6)
        mesh.addBox(
          x: x - 0.1...x, y: y - 0.42...y + 0.42, z: floor...floor + 1.1, surfaces.trim)
      }
      if random.chance(0.2) {
        addOccupant(at: Vector(x + 0.15, random.sign() * (halfWidth - 0.45), floor + 0.45))
      }
    }
  }
}
