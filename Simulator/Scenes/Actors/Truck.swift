extension ActorDraft {
  /// Adds a lorry: with a box, with a platform or a skip, or a tractor with its semi-trailer.
  ///
  /// KITTI's boxes are 9.53 x 2.53 x 3.30 m on average, and 2.9 m apart in length.
  mutating func addTruck() {
    let surfaces = HeavySurfaces(&self)
    let build: TruckBuild = random.pick([
      (.box, weight: 0.5), (.platform, weight: 0.27), (.semitrailer, weight: 0.23),
    ])
    let length = random.normal(build.length, 1, within: build.length - 2...build.length + 2)
    let width = random.uniform(2.38...2.5)
    let cab = random.uniform(1.85...2.3)
    let front = length / 2
    addTruckCab(front: front, length: cab, width: width - 0.04, build, surfaces)
    let loadFront = front - cab - 0.12
    addChassis(front: front - 0.4, rear: -front + 0.1, surfaces)
    switch build {
    case .box:
      let height = random.normal(3.3, 0.25, within: 2.8...3.9)
      addBoxBody(
        x: -front...loadFront, width: width + 0.05, z: 1.0...height, surfaces)
    case .semitrailer:
      let height = random.normal(3.75, 0.15, within: 3.4...4)
      addBoxBody(
        x: -front...loadFront - 0.4, width: width + 0.05, z: 1.15...height, surfaces)
    case .platform:
      addPlatform(x: -front...loadFront, width: width, surfaces)
    }
    addTruckWheels(front: front, cab: cab, width: width, build, surfaces)
    addReflectors(x: -front - 0.01, halfWidth: width / 2, height: 0.75, surfaces)
    addReflectors(x: front + 0.01, halfWidth: width / 2, height: 0.62, surfaces)
  }

  private enum TruckBuild {
    case box, platform, semitrailer

    /// Mean length in metres.
    var length: Float {
      switch self {
      case .box: 8.3
      case .platform: 7.9
      case .semitrailer: 14
      }
    }
  }

  private mutating func addTruckCab(
    front: Float, length: Float, width: Float, _ build: TruckBuild, _ surfaces: HeavySurfaces
  ) {
    let top: Float = build == .semitrailer ? random.uniform(3...3.5) : random.uniform(2.65...2.95)
    let (belt, window) = (random.uniform(1.5...1.65), random.uniform(2.3...2.42))
    let door = -length / 2 + 0.35 + random.uniform(0...0.3)
    let shell = Shell(
      plan: Shell.plan(
        length: length, width: width, nose: 0.14, tail: 0.02,
        places: [length / 2 - 0.42, length / 2 - 0.5, door]),
      levels: [
        .init(height: 0.35, widthShare: 0.97), .init(height: 0.95), .init(height: belt),
        .init(height: window, widthShare: 0.96, setback: (0.13, 0)),
        .init(height: top - 0.06, widthShare: 0.9, setback: (0.32, 0.03)),
      ],
      arches: ([-length / 2 + 0.15...length / 2 - 0.45], 1.0))
    let place = Placement(origin: Vector(front - length / 2, 0, 0))
    let edge = length / 2 - 0.24
    add(shell, at: place, roof: surfaces.paint, floor: surfaces.chassis) { panel in
      switch panel.row {
      case 0: return panel.middle.x > edge ? surfaces.trim : surfaces.paint
      case 2:
        let isWindscreen = panel.middle.x > edge
        let isSide = panel.middle.x > door && panel.middle.x < length / 2 - 0.45
        return isWindscreen || isSide ? surfaces.glass : surfaces.paint
      default: return surfaces.paint
      }
    }
    for side: Float in [1, -1] {
      let outer = side * (width / 2 + 0.1)
      let inner = side * (width / 2 - 0.02)
      mesh.addBox(
        x: front - 0.3...front - 0.2, y: min(inner, outer)...max(inner, outer), z: 1.75...2.3,
        surfaces.trim)
      mesh.addBox(
        x: front - length + 0.25...front - length + 0.4, y: side * 0.62 - 0.26...side * 0.62 + 0.26,
        z: 1.2...2.1, surfaces.trim)
    }
    mesh.addBox(
      x: front - 0.75...front - 0.35, y: -width / 2 + 0.1...width / 2 - 0.1, z: 1.1...belt - 0.03,
      surfaces.trim)
    if random.chance(0.6) {
      addUpperBody(at: Vector(front - length + 0.5, 0.62, 1.35))
    }
  }

  /// Adds the trunk and head of somebody who sits at a wheel.
  mutating func addUpperBody(at seat: Vector) {
    let (skin, clothes) = (matte(0.3...0.6), cloth())
    mesh.addEllipsoid(
      centre: seat + Vector(0, 0, 0.3), halfAxes: Vector(0.13, 0.22, 0.33), sides: 6, rings: 4,
      clothes)
    mesh.addEllipsoid(
      centre: seat + Vector(0.03, 0, 0.74), halfAxes: Vector(0.095, 0.078, 0.12), sides: 6,
      rings: 4, skin)
  }

  private mutating func addChassis(front: Float, rear: Float, _ surfaces: HeavySurfaces) {
    for side: Float in [1, -1] {
      mesh.addBox(
        x: rear...front, y: side * 0.43 - 0.05...side * 0.43 + 0.05, z: 0.62...0.95,
        surfaces.chassis)
      // Tanks, battery boxes and the guard against running under the side.
      let middle = random.uniform(-0.5...1)
      mesh.addBox(
        x: middle...middle + random.uniform(0.6...1.3), y: side * 0.8 - 0.3...side * 0.8 + 0.3,
        z: 0.45...0.95, surfaces.trim)
    }
    mesh.addBox(x: rear - 0.08...rear, y: -1.1...1.1, z: 0.45...0.58, surfaces.trim)
  }

  /// Adds a closed load space: its walls, and posts and a rail that stand out a little.
  private mutating func addBoxBody(
    x: ClosedRange<Float>, width: Float, z: ClosedRange<Float>, _ surfaces: HeavySurfaces
  ) {
    let wall = random.chance(0.5) ? surfaces.paint : matte(0.15...0.7)
    let (half, inset): (Float, Float) = (width / 2, 0.025)
    mesh.addBox(
      x: x.lowerBound + inset...x.upperBound - inset, y: -half + inset...half - inset, z: z, wall)
    let frame = random.chance(0.5) ? wall : surfaces.trim
    mesh.addBox(x: x, y: -half...half, z: z.lowerBound...z.lowerBound + 0.16, frame)
    mesh.addBox(x: x, y: -half...half, z: z.upperBound - 0.1...z.upperBound, frame)
    for end in [x.lowerBound...x.lowerBound + 0.1, x.upperBound - 0.1...x.upperBound] {
      for side: Float in [1, -1] {
        mesh.addBox(
          x: end, y: side * (half - 0.05) - 0.05...side * (half - 0.05) + 0.05, z: z, frame)
      }
    }
    mesh.addBox(
      x: x.lowerBound...x.lowerBound + inset, y: -0.03...0.03, z: z.lowerBound...z.upperBound,
      frame)
  }

  /// Adds an open load space with side boards and, mostly, a load.
  private mutating func addPlatform(
    x: ClosedRange<Float>, width: Float, _ surfaces: HeavySurfaces
  ) {
    let board = random.chance(0.5) ? surfaces.paint : matte(0.1...0.5)
    let half = width / 2
    let (floor, height) = (Float(1.0), 1.15 + random.uniform(0.3...1.3))
    mesh.addBox(x: x, y: -half...half, z: floor...floor + 0.12, board)
    for side: Float in [1, -1] {
      let y = side * (half - 0.03)
      mesh.addBox(x: x, y: y - 0.03...y + 0.03, z: floor...height, board)
    }
    for end in [x.lowerBound...x.lowerBound + 0.06, x.upperBound - 0.06...x.upperBound] {
      let isHeadboard = end.upperBound == x.upperBound
      mesh.addBox(x: end, y: -half...half, z: floor...(isHeadboard ? height + 0.5 : height), board)
    }
    guard random.chance(0.7) else { return }
    let load = matte(0.1...0.5)
    let middle = (x.lowerBound + x.upperBound) / 2
    if random.chance(0.5) {
      mesh.addEllipsoid(
        centre: Vector(middle, 0, height - 0.15),
        halfAxes: Vector(0.45 * (x.upperBound - x.lowerBound), half - 0.12, 0.5), sides: 9, load)
    } else {
      for index in 0..<random.integer(1...3) {
        let place = x.lowerBound + 0.9 + 1.6 * Float(index)
        let size = random.uniform(0.4...0.75)
        mesh.addBox(
          x: place - size...place + size, y: -0.9...random.uniform(0.2...1.0),
          z: floor + 0.1...height + random.uniform(0...0.8), load)
      }
    }
  }

  private mutating func addTruckWheels(
    front: Float, cab: Float, width: Float, _ build: TruckBuild, _ surfaces: HeavySurfaces
  ) {
    let single = Wheel(radius: random.uniform(0.46...0.52), width: 0.3, rimShare: 0.56, sides: 12)
    var twin = single
    twin.width = 0.55
    addAxle(x: front - 0.55 * cab - 0.15, track: width - 0.06, wheel: single, surfaces)
    var rear: [Float]
    switch build {
    case .box, .platform: rear = [-front + 1.7]
    case .semitrailer:
      rear = [front - cab - 2.4, -front + 1.5, -front + 2.75, -front + 4]
    }
    if build != .semitrailer && random.chance(0.4) { rear.append(-front + 2.95) }
    for x in rear { addAxle(x: x, track: width - 0.04, wheel: twin, surfaces) }
  }
}
