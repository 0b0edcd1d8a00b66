/// The measures of a motorcycle or a scooter, in metres: x forward from the middle between its hubs.
struct Motorcycle {
  let isScooter: Bool
  let wheelRadius: Float
  let halfBase: Float
  /// Where the rider sits: the seat's upper face.
  let seat: Vector
  /// The middle between the grips.
  let grips: Vector
  let halfBar: Float
  let hasWindscreen: Bool
  let hasCase: Bool

  init(_ random: inout RandomStream) {
    isScooter = random.chance(0.45)
    wheelRadius = isScooter ? random.uniform(0.22...0.26) : random.uniform(0.29...0.32)
    halfBase = isScooter ? random.uniform(0.62...0.68) : random.uniform(0.69...0.76)
    seat = Vector(isScooter ? -0.3 : -0.22, 0, random.uniform(0.74...0.82))
    grips = Vector(isScooter ? 0.36 : 0.33, 0, random.uniform(0.98...1.08))
    halfBar = random.uniform(0.34...0.4)
    hasWindscreen = random.chance(0.4)
    hasCase = random.chance(0.35)
  }

  var rearHub: Vector { Vector(-halfBase, 0, wheelRadius) }
  var frontHub: Vector { Vector(halfBase, 0, wheelRadius) }
  var headset: Vector { Vector(halfBase - 0.3, 0, 0.86) }

  /// Where a sole rests.
  func foot(_ side: Float) -> Vector {
    isScooter ? Vector(0.16, side * 0.14, 0.3) : Vector(-0.12, side * 0.2, 0.36)
  }
}

extension ActorDraft {
  /// Adds a motorcycle or a scooter.
  mutating func add(_ motorcycle: Motorcycle, at place: Placement = .world) {
    let paint = surface(.paint, random.chance(0.5) ? 0.01...0.08 : 0.15...0.6)
    let metal = matte(0.15...0.5)
    let rubber = matte(0.03...0.1)
    for hub in [motorcycle.rearHub, motorcycle.frontHub] {
      let wheel = place.placement(Placement(origin: hub))
      let tyre: Float = 0.055
      mesh.addRing(
        radius: motorcycle.wheelRadius - tyre, thickness: (tyre, 0.06), segments: 12, sides: 5,
        at: wheel, rubber)
      mesh.addBar(
        from: Vector(0, -0.04, 0), to: Vector(0, 0.04, 0), radius: motorcycle.wheelRadius - 0.09,
        sides: 8, at: wheel, metal)
    }
    for side: Float in [1, -1] {
      let aside = Vector(0, side * 0.085, 0)
      mesh.addTube(
        through: [motorcycle.headset + aside, motorcycle.frontHub + aside], radii: [0.028, 0.024],
        sides: 4, at: place
      ) { _ in metal }
    }
    if motorcycle.isScooter {
      addScooterBody(motorcycle, at: place, paint, rubber)
    } else {
      addMotorcycleBody(motorcycle, at: place, paint, metal, rubber)
    }
    addHandlebar(motorcycle, at: place, paint, metal)
    addMotorcycleLamps(motorcycle, at: place, paint, rubber)
  }

  private mutating func addMotorcycleBody(
    _ motorcycle: Motorcycle, at place: Placement, _ paint: SurfaceIndex, _ metal: SurfaceIndex,
    _ rubber: SurfaceIndex
  ) {
    let (seat, hub) = (motorcycle.seat, motorcycle.rearHub)
    mesh.addEllipsoid(
      centre: Vector(0.13, 0, seat.z + 0.04), halfAxes: Vector(0.28, 0.15, 0.15), at: place, paint)
    mesh.addBox(x: -0.22...0.3, y: -0.16...0.16, z: 0.25...0.62, at: place, metal)
    // The seat: level under the rider, higher and narrower behind.
    let saddle: [(x: Float, z: Float, half: Float)] = [
      (0.05, seat.z - 0.02, 0.1), (seat.x, seat.z, 0.16), (-0.5, seat.z + 0.06, 0.14),
      (-0.85, seat.z + 0.1, 0.08),
    ]
    let outlines = saddle.map { part in
      [
        Vector(part.x, part.half, part.z - 0.13), Vector(part.x, part.half, part.z - 0.03),
        Vector(part.x, 0, part.z), Vector(part.x, -part.half, part.z - 0.03),
        Vector(part.x, -part.half, part.z - 0.13),
      ]
    }
    mesh.addLoft(through: outlines, isClosed: true, at: place) { _, _ in rubber }
    for side: Float in [1, -1] {
      let aside = Vector(0, side * 0.09, 0)
      mesh.addTube(
        through: [Vector(-0.2, 0, 0.45) + aside, hub + aside, Vector(-0.5, 0, 0.76) + aside],
        radii: [0.035, 0.03, 0.025], sides: 4, at: place
      ) { _ in metal }
    }
    mesh.addBar(
      from: Vector(0.05, -0.19, 0.27), to: hub + Vector(-0.15, -0.19, 0.1), radius: 0.04,
      endRadius: 0.055, sides: 6, at: place, metal)
    if motorcycle.hasWindscreen {
      // A fairing around the front of frame and tank.
      mesh.addEllipsoid(
        centre: motorcycle.headset + Vector(0.06, 0, 0.02), halfAxes: Vector(0.26, 0.22, 0.22),
        sides: 6, at: place, paint)
    }
  }

  private mutating func addScooterBody(
    _ motorcycle: Motorcycle, at place: Placement, _ paint: SurfaceIndex, _ rubber: SurfaceIndex
  ) {
    let (seat, hub) = (motorcycle.seat, motorcycle.rearHub)
    let tail = hub.x - 0.22
    let body: [(x: Float, low: Float, high: Float, half: Float)] = [
      (-0.08, 0.28, seat.z - 0.1, 0.13), (-0.16, 0.28, seat.z - 0.05, 0.17),
      (hub.x + 0.05, 0.42, seat.z - 0.03, 0.2), (tail, 0.6, seat.z - 0.02, 0.09),
    ]
    let outlines = body.map { part in
      [
        Vector(part.x, 0.8 * part.half, part.low), Vector(part.x, part.half, part.high - 0.1),
        Vector(part.x, 0.7 * part.half, part.high), Vector(part.x, -0.7 * part.half, part.high),
        Vector(part.x, -part.half, part.high - 0.1), Vector(part.x, -0.8 * part.half, part.low),
      ]
    }
    mesh.addLoft(through: outlines, isClosed: true, at: place) { _, _ in paint }
    mesh.addBox(
      x: hub.x...(-0.08), y: -0.13...0.13, z: seat.z - 0.08...seat.z, at: place, rubber)
    mesh.addBox(x: -0.12...0.3, y: -0.17...0.17, z: 0.22...0.29, at: place, paint)
    // The shield before the knees: bent back at its sides.
    let shield: [(z: Float, x: Float, half: Float)] = [
      (0.26, 0.3, 0.18), (0.6, 0.36, 0.21), (0.95, 0.3, 0.15),
    ]
    let panels = shield.map { part in
      [
        Vector(part.x - 0.08, part.half, part.z), Vector(part.x, 0.5 * part.half, part.z),
        Vector(part.x, -0.5 * part.half, part.z), Vector(part.x - 0.08, -part.half, part.z),
      ]
    }
    mesh.addLoft(through: panels, at: place) { _, _ in paint }
    mesh.addEllipsoid(
      centre: motorcycle.frontHub + Vector(-0.03, 0, 0.17), halfAxes: Vector(0.22, 0.09, 0.12),
      sides: 6, at: place, paint)
  }

  private mutating func addHandlebar(
    _ motorcycle: Motorcycle, at place: Placement, _ paint: SurfaceIndex, _ metal: SurfaceIndex
  ) {
    let (grips, half) = (motorcycle.grips, motorcycle.halfBar)
    let middle = motorcycle.headset + Vector(-0.02, 0, 0.1)
    mesh.addTube(
      through: [grips + Vector(-0.02, half, 0), middle, grips + Vector(-0.02, -half, 0)],
      radii: [0.018, 0.016, 0.018], sides: 4, at: place
    ) { _ in metal }
    for side: Float in [1, -1] {
      let mirror = grips + Vector(0.04, side * (half - 0.06), 0.2)
      mesh.addBox(
        x: mirror.x - 0.015...mirror.x + 0.015, y: mirror.y - 0.06...mirror.y + 0.06,
        z: mirror.z - 0.04...mirror.z + 0.04, at: place, paint)
      mesh.addTube(
        through: [mirror - Vector(0.03, 0, 0.2), mirror], radii: [0.008, 0.008], sides: 3, at: place
      ) { _ in metal }
    }
    guard motorcycle.hasWindscreen else { return }
    let glass = surface(.glass, 0.08...0.12)
    let foot = motorcycle.headset + Vector(0.16, 0, 0.12)
    mesh.addQuad(
      place.point(foot + Vector(0, 0.2, 0)), place.point(foot + Vector(0, -0.2, 0)),
      place.point(foot + Vector(-0.16, -0.15, 0.33)), place.point(foot + Vector(-0.16, 0.15, 0.33)),
      glass)
  }

  private mutating func addMotorcycleLamps(
    _ motorcycle: Motorcycle, at place: Placement, _ paint: SurfaceIndex, _ rubber: SurfaceIndex
  ) {
    let reflector = surface(.retroreflector, 0.4...1)
    let headlamp = motorcycle.headset + Vector(0.12, 0, 0.02)
    mesh.addBar(
      from: headlamp, to: headlamp + Vector(0.12, 0, 0), radius: 0.05, endRadius: 0.085, sides: 6,
      at: place, paint)
    let tail = motorcycle.rearHub + Vector(-0.26, 0, 0.34)
    for (x, half, low, high) in [
      (headlamp.x + 0.125, Float(0.06), headlamp.z - 0.06, headlamp.z + 0.06),
      (tail.x, 0.1, tail.z - 0.1, tail.z + 0.05),
      (tail.x - 0.01, 0.06, tail.z + 0.07, tail.z + 0.13),
    ] {
      mesh.addQuad(
        place.point(x, -half, low), place.point(x, half, low), place.point(x, half, high),
        place.point(x, -half, high), reflector)
    }
    mesh.addBox(
      x: tail.x + 0.01...tail.x + 0.12, y: -0.07...0.07, z: tail.z - 0.1...tail.z + 0.14, at: place,
      rubber)
    if motorcycle.hasCase {
      let z = motorcycle.seat.z + (motorcycle.isScooter ? 0.02 : 0.12)
      mesh.addBox(
        x: tail.x - 0.05...tail.x + 0.3, y: -0.2...0.2, z: z...z + 0.3, at: place,
        matte(0.05...0.3))
    }
  }
}
