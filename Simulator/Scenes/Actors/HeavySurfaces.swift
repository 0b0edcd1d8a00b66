import Randomness

/// What lorries, buses and trams are made of.
struct HeavySurfaces {
  let paint: SurfaceIndex
  let glass: SurfaceIndex
  /// Frames, bumpers, seats.
  let trim: SurfaceIndex
  let chassis: SurfaceIndex
  let rubber: SurfaceIndex
  let rim: SurfaceIndex
  let reflector: SurfaceIndex

  init(_ draft: inout ActorDraft) {
    // Fleets are lighter than private cars.
    paint = draft.surface(.paint, draft.random.chance(0.25) ? 0.01...0.1 : 0.15...0.65)
    glass = draft.surface(.glass, 0.08...0.12)
    trim = draft.matte(0.05...0.2)
    chassis = draft.matte(0.03...0.08)
    rubber = draft.matte(0.03...0.1)
    rim = draft.matte(0.1...0.5)
    reflector = draft.surface(.retroreflector, 0.4...0.9)
  }
}

extension ActorDraft {
  /// Adds the wheels of an axle.
  mutating func addAxle(
    x: Float, track: Float, wheel: Wheel, _ surfaces: HeavySurfaces
  ) {
    for side: Float in [1, -1] {
      let y = side * (track / 2 - wheel.width / 2)
      add(
        wheel, at: Placement(origin: Vector(x, y, wheel.radius)), facing: side,
        rubber: surfaces.rubber, rim: surfaces.rim, gap: surfaces.chassis)
    }
  }

  /// Adds reflectors and a number plate to an end: upright and facing along x.
  mutating func addReflectors(
    x: Float, halfWidth: Float, height: Float, _ surfaces: HeavySurfaces
  ) {
    func add(_ y: ClosedRange<Float>, _ z: ClosedRange<Float>) {
      mesh.addQuad(
        Vector(x, y.lowerBound, z.lowerBound), Vector(x, y.upperBound, z.lowerBound),
        Vector(x, y.upperBound, z.upperBound), Vector(x, y.lowerBound, z.upperBound),
        surfaces.reflector)
    }
    add(-0.26...0.26, height - 0.16...height - 0.05)
    add(halfWidth - 0.32...halfWidth - 0.08, height...height + 0.16)
    add(-halfWidth + 0.08 ... -halfWidth + 0.32, height...height + 0.16)
  }
}
