extension ActorDraft {
  /// Adds what is between a motorcycle's wheels: engine, tank, seat and tail, exhaust, fork.
  mutating func addMotorcycleBody(
    _ motorcycle: Motorcycle, at place: Placement, _ surfaces: MotorcycleSurfaces
  ) {
    addEngine(motorcycle, at: place, surfaces)
    addTankAndSeat(motorcycle, at: place, surfaces)
    let hub = motorcycle.rearHub
    for side: Float in [1, -1] {
      let aside = Vector(0, side * 0.09, 0)
      mesh.addTube(
        through: [Vector(-0.2, 0, 0.42) + aside, hub + aside, Vector(-0.48, 0, 0.7) + aside],
        radii: [0.035, 0.03, 0.025], sides: 4, at: place
      ) { _ in surfaces.metal }
    }
    if motorcycle.hasWindscreen {
      // A fairing around the front of frame and tank.
      mesh.addEllipsoid(
        centre: motorcycle.headset + Vector(0.04, 0, -0.02), halfAxes: Vector(0.27, 0.22, 0.24),
        sides: 7, at: place, surfaces.paint)
    }
  }

  private mutating func addEngine(
    _ motorcycle: Motorcycle, at place: Placement, _ surfaces: MotorcycleSurfaces
  ) {
    mesh.addBox(
      x: -0.24...0.2, y: -0.15...0.15, z: 0.24...0.48, at: place, surfaces.metal)
    mesh.addBar(
      from: Vector(0, 0, 0.44), to: Vector(0.1, 0, 0.72), radius: 0.13, sides: 6, at: place,
      surfaces.metal)
    // The frame's front tube, and the cooler or the exhaust's bend beside it.
    mesh.addTube(
      through: [
        motorcycle.headset - Vector(0.05, 0, 0.06), Vector(0.28, 0, 0.4), Vector(0.1, 0, 0.26),
      ],
      radii: [0.05, 0.06, 0.04], sides: 5, at: place
    ) { _ in surfaces.metal }
    mesh.addBar(
      from: Vector(0.02, -0.17, 0.26), to: motorcycle.rearHub + Vector(-0.1, -0.2, 0.12),
      radius: 0.035, endRadius: 0.06, sides: 6, at: place, surfaces.metal)
  }

  /// Adds the line from the tank over the seat to the tail: a loft along it.
  private mutating func addTankAndSeat(
    _ motorcycle: Motorcycle, at place: Placement, _ surfaces: MotorcycleSurfaces
  ) {
    let (seat, tail) = (motorcycle.seat, motorcycle.tail)
    let parts: [(x: Float, low: Float, high: Float, half: Float)] = [
      (0.4, seat.z + 0.02, seat.z + 0.12, 0.08), (0.28, seat.z - 0.1, seat.z + 0.2, 0.16),
      (0.1, seat.z - 0.12, seat.z + 0.19, 0.17), (-0.08, seat.z - 0.16, seat.z + 0.05, 0.11),
      (seat.x - 0.08, seat.z - 0.2, seat.z, 0.15), (-0.5, seat.z - 0.14, seat.z + 0.03, 0.14),
      (-0.56, seat.z - 0.12, seat.z + 0.08, 0.13),
      (tail.x + 0.02, tail.z - 0.02, seat.z + 0.08, 0.08),
    ]
    let outlines = parts.map { part -> [Vector] in
      let knee = part.low + 0.65 * (part.high - part.low)
      return [
        Vector(part.x, 0.55 * part.half, part.low), Vector(part.x, part.half, knee),
        Vector(part.x, 0.5 * part.half, part.high), Vector(part.x, -0.5 * part.half, part.high),
        Vector(part.x, -part.half, knee), Vector(part.x, -0.55 * part.half, part.low),
      ]
    }
    mesh.addLoft(through: outlines, isClosed: true, at: place) { row, column in
      row > 2 && column > 0 && column < 4 ? surfaces.rubber : surfaces.paint
    }
    for end in [outlines[0], outlines[outlines.count - 1]] {
      mesh.addQuad(
        place.point(end[0]), place.point(end[1]), place.point(end[4]), place.point(end[5]),
        surfaces.paint)
      mesh.addQuad(
        place.point(end[1]), place.point(end[2]), place.point(end[3]), place.point(end[4]),
        surfaces.paint)
    }
    mesh.addMudguard(
      around: motorcycle.rearHub, radius: motorcycle.wheelRadius + 0.05, from: 1.1, to: 2.75,
      halfWidth: 0.08, at: place, surfaces.rubber)
  }

  /// Adds what is between a scooter's wheels: a body under the seat, the floor and the shield.
  mutating func addScooterBody(
    _ motorcycle: Motorcycle, at place: Placement, _ surfaces: MotorcycleSurfaces
  ) {
    let (seat, hub, tail) = (motorcycle.seat, motorcycle.rearHub, motorcycle.tail)
    let body: [(x: Float, low: Float, high: Float, half: Float)] = [
      (-0.06, 0.28, seat.z - 0.14, 0.12), (-0.16, 0.28, seat.z - 0.06, 0.17),
      (hub.x + 0.25, 0.42, seat.z - 0.04, 0.21), (hub.x, 0.5, seat.z - 0.03, 0.19),
      (tail.x + 0.01, seat.z - 0.22, seat.z - 0.04, 0.08),
    ]
    let outlines = body.map { part in
      [
        Vector(part.x, 0.7 * part.half, part.low),
        Vector(part.x, part.half, 0.4 * part.low + 0.6 * part.high),
        Vector(part.x, 0.7 * part.half, part.high), Vector(part.x, -0.7 * part.half, part.high),
        Vector(part.x, -part.half, 0.4 * part.low + 0.6 * part.high),
        Vector(part.x, -0.7 * part.half, part.low),
      ]
    }
    mesh.addLoft(through: outlines, isClosed: true, at: place) { _, _ in surfaces.paint }
    mesh.addEllipsoid(
      centre: Vector((hub.x - 0.12) / 2 - 0.04, 0, seat.z - 0.05),
      halfAxes: Vector(0.36, 0.16, 0.07), sides: 8, at: place, surfaces.rubber)
    // The engine beside the wheel.
    mesh.addBox(
      x: hub.x - 0.08...hub.x + 0.32, y: -0.17...0.13, z: 0.2...0.42, at: place, surfaces.rubber)
    mesh.addBox(x: -0.12...0.34, y: -0.17...0.17, z: 0.22...0.29, at: place, surfaces.paint)
    // The shield before the knees: bent back at its sides.
    let shield: [(z: Float, x: Float, half: Float)] = [
      (0.24, 0.36, 0.16), (0.6, 0.44, 0.21), (0.9, 0.4, 0.17), (1.0, 0.37, 0.1),
    ]
    let panels = shield.map { part in
      [
        Vector(part.x - 0.09, part.half, part.z), Vector(part.x, 0.5 * part.half, part.z),
        Vector(part.x, -0.5 * part.half, part.z), Vector(part.x - 0.09, -part.half, part.z),
      ]
    }
    mesh.addLoft(through: panels, at: place) { _, _ in surfaces.paint }
  }
}
