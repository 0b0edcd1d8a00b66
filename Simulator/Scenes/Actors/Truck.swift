import Randomness

/// The measures of a lorry, in metres: x forward from its middle, z above the road.
struct TruckShape {
  enum Build {
    case box, platform, semitrailer
  }

  let build: Build
  let length: Float
  let width: Float
  /// Length and height of the cab.
  let cabLength: Float
  let cabHeight: Float
  /// Top of a closed load space or of a platform's boards.
  let loadHeight: Float

  init(_ random: inout RandomStream) {
    build = random.pick([
      (.box, weight: 0.5), (.platform, weight: 0.27), (.semitrailer, weight: 0.23),
    ])
    let mean: Float
    switch build {
    case .box:
      mean = 8.3
      loadHeight = random.normal(3.3, 0.25, within: 2.8...3.9)
    case .platform:
      mean = 7.9
      loadHeight = random.uniform(1.45...2.45)
    case .semitrailer:
      mean = 14
      loadHeight = random.normal(3.75, 0.15, within: 3.4...4)
    }
    length = random.normal(mean, 1, within: mean - 2...mean + 2)
    width = random.uniform(2.38...2.5)
    cabLength = random.uniform(1.85...2.3)
    cabHeight = random.uniform(build == .semitrailer ? 3...3.5 : 2.65...2.95)
  }

  var front: Float { length / 2 }
  var rear: Float { -length / 2 }
  /// Under side of the load space.
  var floor: Float { build == .semitrailer ? 1.15 : 1 }
  /// Where the load space begins behind the cab.
  var loadFront: Float { front - cabLength - (build == .semitrailer ? 0.5 : 0.12) }
  var frontAxle: Float { front - 0.55 * cabLength - 0.15 }
}

extension ActorDraft {
  /// Adds a lorry: with a box, with a platform or a skip, or a tractor with its semi-trailer.
  ///
  /// KITTI's boxes are 9.53 x 2.53 x 3.30 m on average, and 2.9 m apart in length.
  mutating func addTruck() {
    let surfaces = HeavySurfaces(&self)
    let shape = TruckShape(&random)
    addTruckCab(shape, surfaces)
    addChassis(shape, surfaces)
    switch shape.build {
    case .box, .semitrailer: addBoxBody(shape, surfaces)
    case .platform: addPlatform(shape, surfaces)
    }
    addTruckWheels(shape, surfaces)
    addReflectors(
      x: shape.rear - 0.01, halfWidth: shape.width / 2 - 0.03, height: 0.72, surfaces)
    addReflectors(x: shape.front + 0.01, halfWidth: 0.36 * shape.width, height: 0.62, surfaces)
  }

  private mutating func addChassis(_ shape: TruckShape, _ surfaces: HeavySurfaces) {
    let (rear, half) = (shape.rear, shape.width / 2)
    let hasGuards = random.chance(0.6) && shape.length > 7.5
    for side: Float in [1, -1] {
      mesh.addBox(
        x: rear + 0.1...shape.front - 0.4, y: side * 0.43 - 0.05...side * 0.43 + 0.05,
        z: 0.62...shape.floor, surfaces.chassis)
      // Tanks, battery boxes, tool chests.
      let middle = random.uniform(-0.5...1)
      mesh.addBox(
        x: middle...middle + random.uniform(0.6...1.3), y: side * 0.8 - 0.3...side * 0.8 + 0.3,
        z: 0.45...0.95, surfaces.trim)
      if hasGuards {
        // Boards that keep cyclists from the wheels.
        let y = side * (half - 0.06)
        mesh.addBox(
          x: rear + (shape.build == .semitrailer ? 4.7 : 2.4)...shape.loadFront - 1.9,
          y: y - 0.02...y + 0.02, z: 0.5...0.85, surfaces.trim)
      }
    }
    // The rear lamps' beam, and the guard against running under it.
    mesh.addBox(
      x: rear...rear + 0.08, y: -half + 0.03...half - 0.03, z: 0.7...0.92, surfaces.trim)
    mesh.addBox(x: rear...rear + 0.08, y: -1.1...1.1, z: 0.45...0.6, surfaces.trim)
  }

  private mutating func addTruckWheels(_ shape: TruckShape, _ surfaces: HeavySurfaces) {
    let single = Wheel(radius: random.uniform(0.46...0.52), width: 0.3, rimShare: 0.56, sides: 12)
    var twin = single
    twin.width = 0.55
    addAxle(x: shape.frontAxle, track: shape.width - 0.06, wheel: single, surfaces)
    var axles: [Float]
    switch shape.build {
    case .box, .platform:
      axles = [1.7] + (random.chance(0.4) ? [2.95] : [])
    case .semitrailer:
      axles = [1.5, 2.75, 4, shape.length - shape.cabLength - 2.4]
    }
    for axle in axles {
      addAxle(x: shape.rear + axle, track: shape.width - 0.04, wheel: twin, surfaces)
    }
  }
}
