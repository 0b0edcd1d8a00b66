import Randomness

extension ActorDraft {
  /// Adds a car or a van.
  mutating func addCar(_ kind: ActorKind) {
    let shape = CarShape.make(kind, &random)
    let curves = CarCurves(shape)
    let isBlind = kind == .van && shape.pillars.dropFirst().allSatisfy { !$0.isGlazedBehind }
    let paint = kind == .van ? random.vanPaintReflectivity() : random.carPaintReflectivity()
    let surfaces = CarSurfaces(
      &self, paintReflectivity: paint, hasRearWindow: !isBlind || random.chance(0.4))
    addCarBody(shape, curves, surfaces)
    Greenhouse(shape, curves).add(to: &self, surfaces)
    addWheels(shape, surfaces)
    addPlates(shape, curves, surfaces)
    addMirrors(shape, curves, surfaces)
    addCabin(shape, curves, surfaces)
  }

  private mutating func addWheels(_ shape: CarShape, _ surfaces: CarSurfaces) {
    let width = shape.wheelRadius * random.uniform(0.58...0.68)
    let wheel = Wheel(
      radius: shape.wheelRadius, width: width, rimShare: random.uniform(0.6...0.7),
      hasSpokes: random.chance(0.6))
    let steering = random.chance(0.3) ? random.normal(0, 0.25, within: -0.5...0.5) : 0
    for axle in [shape.frontAxle, shape.rearAxle] {
      for side: Float in [1, -1] {
        addWheelHouse(
          x: axle, y: side * (shape.width / 2 - width - 0.1), shape, surfaces.underbody)
        let hub = Placement(
          origin: Vector(axle, side * (shape.width / 2 - 0.025 - width / 2), shape.wheelRadius))
        add(
          wheel, at: axle > 0 ? hub.turned(steering) : hub, facing: side, rubber: surfaces.rubber,
          rim: surfaces.rim, gap: surfaces.underbody)
      }
    }
  }

  /// Adds the wall behind a wheel.
  private mutating func addWheelHouse(
    x: Float, y: Float, _ shape: CarShape, _ surface: SurfaceIndex
  ) {
    let (radius, top) = (shape.archRadius, shape.wheelRadius + shape.archRadius)
    let (rear, front) = (x - radius - 0.02, x + radius + 0.02)
    mesh.addQuad(
      Vector(rear, y, shape.clearance), Vector(front, y, shape.clearance), Vector(front, y, top),
      Vector(rear, y, top), surface)
  }

  /// Adds number plates at both ends: 52 by 11 cm, as in most of Europe.
  private mutating func addPlates(
    _ shape: CarShape, _ curves: CarCurves, _ surfaces: CarSurfaces
  ) {
    let bumper = shape.clearance + random.uniform(0.17...0.26)
    // At the rear, many cars have theirs above the bumper.
    let high = shape.tailHeight - random.uniform(0.26...0.34)
    let rearHeight = random.chance(0.5) ? bumper + 0.04 : max(high, bumper)
    for (x, z) in [(shape.front + 0.012, bumper), (shape.rear - 0.012, rearHeight)] {
      mesh.addQuad(
        Vector(x, -0.26, z), Vector(x, 0.26, z), Vector(x, 0.26, z + 0.11),
        Vector(x, -0.26, z + 0.11), surfaces.plate)
    }
  }

  private mutating func addMirrors(
    _ shape: CarShape, _ curves: CarCurves, _ surfaces: CarSurfaces
  ) {
    let isFolded = random.chance(0.2)
    let reach = shape.width / 2 + (isFolded ? 0.01 : random.uniform(0.035...0.065))
    let (x, height) = (shape.cowl - 0.3, random.uniform(0.11...0.15) * shape.height / 1.5)
    let z = curves.shoulder(x) + 0.02
    let root = 0.9 * curves.halfWidth(x)
    for side: Float in [1, -1] {
      let (inner, outer) = (min(side * root, side * reach), max(side * root, side * reach))
      mesh.addBox(
        x: x...x + (isFolded ? 0.18 : 0.09), y: inner...outer, z: z...z + height,
        random.chance(0.6) ? surfaces.paint : surfaces.trim)
    }
  }
}
