import Randomness

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
    isScooter = random.chance(0.4)
    wheelRadius = isScooter ? random.uniform(0.22...0.26) : random.uniform(0.29...0.32)
    halfBase = isScooter ? random.uniform(0.66...0.73) : random.uniform(0.71...0.79)
    seat = Vector(isScooter ? -0.3 : -0.22, 0, random.uniform(0.74...0.82))
    grips = Vector(isScooter ? 0.36 : 0.33, 0, random.uniform(0.98...1.08))
    halfBar = random.uniform(0.35...0.41)
    hasWindscreen = random.chance(0.4)
    hasCase = random.chance(0.35)
  }

  var rearHub: Vector { Vector(-halfBase, 0, wheelRadius) }
  var frontHub: Vector { Vector(halfBase, 0, wheelRadius) }
  /// The upper end of the fork.
  var headset: Vector { Vector(halfBase - 0.3, 0, 0.86) }
  /// The rear lamp's middle.
  var tail: Vector { Vector(-halfBase - 0.2, 0, seat.z - (isScooter ? 0.12 : 0.04)) }

  /// Where a sole rests.
  func foot(_ side: Float) -> Vector {
    isScooter ? Vector(0.16, side * 0.14, 0.3) : Vector(-0.12, side * 0.2, 0.36)
  }
}

/// What a motorcycle is made of.
struct MotorcycleSurfaces {
  let paint: SurfaceIndex
  let metal: SurfaceIndex
  /// Tyres, the seat, what is of black plastic.
  let rubber: SurfaceIndex
  let reflector: SurfaceIndex

  init(_ draft: inout ActorDraft) {
    paint = draft.surface(.paint, draft.random.chance(0.5) ? 0.01...0.08 : 0.15...0.6)
    metal = draft.matte(0.15...0.5)
    rubber = draft.matte(0.03...0.1)
    reflector = draft.surface(.retroreflector, 0.4...1)
  }
}

extension ActorDraft {
  /// Adds a motorcycle or a scooter.
  mutating func add(_ motorcycle: Motorcycle, at place: Placement = .world) {
    let surfaces = MotorcycleSurfaces(&self)
    for hub in [motorcycle.rearHub, motorcycle.frontHub] {
      let wheel = place.placement(Placement(origin: hub))
      let tyre: Float = 0.055
      mesh.addRing(
        radius: motorcycle.wheelRadius - tyre, thickness: (tyre, 0.06), segments: 12, sides: 5,
        at: wheel, surfaces.rubber)
      // The rim's spokes and the brake's disc, as one.
      mesh.addBar(
        from: Vector(0, -0.03, 0), to: Vector(0, 0.03, 0), radius: motorcycle.wheelRadius - 0.1,
        sides: 7, at: wheel, surfaces.metal)
    }
    for side: Float in [1, -1] {
      let aside = Vector(0, side * 0.085, 0)
      mesh.addTube(
        through: [motorcycle.headset + aside, motorcycle.frontHub + aside], radii: [0.03, 0.026],
        sides: 4, at: place
      ) { _ in surfaces.metal }
    }
    mesh.addMudguard(
      around: motorcycle.frontHub, radius: motorcycle.wheelRadius + 0.03, from: 0.6, to: 2.6,
      halfWidth: 0.07, at: place, surfaces.paint)
    if motorcycle.isScooter {
      addScooterBody(motorcycle, at: place, surfaces)
    } else {
      addMotorcycleBody(motorcycle, at: place, surfaces)
    }
    addHandlebar(motorcycle, at: place, surfaces)
    addLamps(motorcycle, at: place, surfaces)
  }

  private mutating func addHandlebar(
    _ motorcycle: Motorcycle, at place: Placement, _ surfaces: MotorcycleSurfaces
  ) {
    let (grips, half) = (motorcycle.grips, motorcycle.halfBar)
    let middle = motorcycle.headset + Vector(-0.02, 0, 0.1)
    mesh.addTube(
      through: [grips + Vector(-0.02, half, 0), middle, grips + Vector(-0.02, -half, 0)],
      radii: [0.02, 0.017, 0.02], sides: 4, at: place
    ) { _ in surfaces.metal }
    for side: Float in [1, -1] {
      let mirror = grips + Vector(0.04, side * (half - 0.08), 0.2)
      mesh.addBox(
        x: mirror.x - 0.015...mirror.x + 0.015, y: mirror.y - 0.06...mirror.y + 0.06,
        z: mirror.z - 0.04...mirror.z + 0.04, at: place, surfaces.rubber)
      mesh.addTube(
        through: [mirror - Vector(0.03, 0, 0.2), mirror], radii: [0.008, 0.008], sides: 3, at: place
      ) { _ in surfaces.metal }
    }
    guard motorcycle.hasWindscreen else { return }
    let glass = surface(.glass, 0.08...0.12)
    let foot = motorcycle.headset + Vector(0.16, 0, 0.12)
    mesh.addQuad(
      place.point(foot + Vector(0, 0.2, 0)), place.point(foot + Vector(0, -0.2, 0)),
      place.point(foot + Vector(-0.16, -0.15, 0.33)), place.point(foot + Vector(-0.16, 0.15, 0.33)),
      glass)
  }

  /// Adds the headlamp, the rear lamp, the number plate, and at times a case behind the seat.
  private mutating func addLamps(
    _ motorcycle: Motorcycle, at place: Placement, _ surfaces: MotorcycleSurfaces
  ) {
    let headlamp = motorcycle.headset + Vector(0.1, 0, 0.02)
    mesh.addBar(
      from: headlamp - Vector(0.06, 0, 0), to: headlamp + Vector(0.12, 0, 0), radius: 0.05,
      endRadius: 0.085, sides: 6, at: place, surfaces.paint)
    let tail = motorcycle.tail
    mesh.addBox(
      x: tail.x + 0.005...tail.x + 0.05, y: -0.1...0.1, z: tail.z - 0.26...tail.z - 0.06, at: place,
      surfaces.rubber)
    let faces: [(x: Float, half: Float, z: ClosedRange<Float>)] = [
      (headlamp.x + 0.125, 0.06, headlamp.z - 0.06...headlamp.z + 0.06),
      (tail.x, 0.09, tail.z - 0.26...tail.z - 0.08), (tail.x, 0.07, tail.z - 0.03...tail.z + 0.04),
    ]
    for face in faces {
      mesh.addQuad(
        place.point(face.x, -face.half, face.z.lowerBound),
        place.point(face.x, face.half, face.z.lowerBound),
        place.point(face.x, face.half, face.z.upperBound),
        place.point(face.x, -face.half, face.z.upperBound), surfaces.reflector)
    }
    if motorcycle.hasCase {
      let z = motorcycle.seat.z + (motorcycle.isScooter ? 0.02 : 0.09)
      mesh.addBox(
        x: tail.x - 0.05...tail.x + 0.3, y: -0.2...0.2, z: z...z + 0.3, at: place,
        matte(0.05...0.3))
    }
  }
}
