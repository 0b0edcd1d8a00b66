import Randomness

extension StreetBuilder {
  /// Adds what is as large as a car; its front faces right, to y below 0.
  mutating func addLarge(
    _ kind: Furniture, at place: Placement, _ body: SurfaceIndex, _ random: inout RandomStream
  ) {
    switch kind {
    case .skip: addSkip(at: place, body, &random)
    case .bicycleRack: addRack(at: place, body)
    case .marketStand: addMarketStand(at: place, body, &random)
    case .scaffold: addScaffold(at: place, body)
    case .shelter: addShelter(at: place, body)
    default: addShed(at: place, &random)
    }
  }

  /// An open container with sloping ends, or a closed one.
  private mutating func addSkip(
    at place: Placement, _ body: SurfaceIndex, _ random: inout RandomStream
  ) {
    let height = random.uniform(1.1...1.6)
    if random.chance(0.3) {
      mesh.addBox(x: -1.9...1.9, y: -0.85...0.85, z: 0.1...2.3, at: place, body)
      return
    }
    let (foot, rim): (Float, Float) = (1.1, 1.9)
    mesh.addLoft(
      through: [(foot, Float(0.05), Float(0.75)), (rim, height, 0.88)].map { x, z, y in
        [Vector(-x, -y, z), Vector(x, -y, z), Vector(x, y, z), Vector(-x, y, z)]
      }, isClosed: true, at: place
    ) { _, _ in body }
    let rubble = surface(.matte, 0.2...0.5, RawClass.otherObject, &random)
    let level = height * random.uniform(0.5...0.95)
    mesh.addEllipsoid(
      centre: Vector(0, 0, level * 0.7), halfAxes: Vector(1.4, 0.75, level * 0.5), at: place, rubble
    )
  }

  /// Hoops that bicycles lean on.
  private mutating func addRack(at place: Placement, _ body: SurfaceIndex) {
    for slot in 0..<6 {
      let x = Float(slot) * 0.8 - 2
      for y: Float in [-0.35, 0.35] {
        mesh.addBar(
          from: Vector(x, y, 0), to: Vector(x, y, 0.8), radius: 0.025, sides: 4, at: place, body)
      }
      mesh.addBar(
        from: Vector(x, -0.35, 0.8), to: Vector(x, 0.35, 0.8), radius: 0.025, sides: 4, at: place,
        body)
    }
  }

  /// A table with goods below a roof of cloth.
  private mutating func addMarketStand(
    at place: Placement, _ body: SurfaceIndex, _ random: inout RandomStream
  ) {
    let cloth = surface(.matte, 0.2...0.7, RawClass.otherStructure, &random)
    mesh.addBox(x: -1.4...1.4, y: -0.8...0.1, z: 0.6...0.85, at: place, body)
    for x: Float in [-1.45, 1.45] {
      for y: Float in [-0.95, 0.95] {
        mesh.addBar(
          from: Vector(x, y, 0), to: Vector(x, y, 2.3), radius: 0.025, sides: 4, at: place, body)
      }
    }
    for y: Float in [-1, 1] {
      mesh.addQuad(
        place.point(-1.5, y, 2.2), place.point(1.5, y, 2.2), place.point(1.5, 0, 2.7),
        place.point(-1.5, 0, 2.7), cloth)
    }
    for _ in 0..<5 {
      let x = random.uniform(-1.2...1)
      mesh.addBox(
        x: x...x + 0.4, y: -0.7...(-0.2), z: 0.85...random.uniform(0.95...1.2), at: place, cloth)
    }
  }

  /// Posts, ledgers and planks before a wall.
  private mutating func addScaffold(at place: Placement, _ body: SurfaceIndex) {
    for x in stride(from: Float(-3.4), through: 3.4, by: 1.7) {
      for y: Float in [-0.4, 0.4] {
        mesh.addBar(
          from: Vector(x, y, 0), to: Vector(x, y, 7), radius: 0.03, sides: 4, at: place, body)
      }
    }
    for level: Float in [2, 4, 6] {
      mesh.addBox(x: -3.4...3.4, y: -0.4...0.4, z: level...level + 0.06, at: place, body)
      mesh.addBar(
        from: Vector(-3.4, -0.4, level - 1), to: Vector(3.4, -0.4, level - 1), radius: 0.025,
        sides: 4, at: place, body)
    }
    mesh.addBar(
      from: Vector(-3.4, -0.4, 0.1), to: Vector(0, -0.4, 4), radius: 0.025, sides: 4, at: place,
      body)
  }

  /// A roof, three walls of glass, a bench.
  private mutating func addShelter(at place: Placement, _ body: SurfaceIndex) {
    let glass = mesh.add(
      Surface(.lattice, 0.12, semantic: RawClass.otherStructure, porosity: 0.8))
    mesh.addBox(x: -2...2, y: -0.7...0.7, z: 2.35...2.5, at: place, body)
    for x: Float in [-1.9, 0, 1.9] {
      mesh.addBar(
        from: Vector(x, 0.65, 0), to: Vector(x, 0.65, 2.35), radius: 0.045, sides: 5, at: place,
        body)
    }
    mesh.addWall(-1.9...1.9, 0.2...2.2, at: place.moved(0, 0.65), glass)
    mesh.addWall(0...1.1, 0.2...2.2, at: place.moved(-1.9, -0.45).turned(.pi / 2), glass)
    mesh.addBox(x: 1.86...1.94, y: -0.45...0.65, z: 0.3...2.1, at: place, body)
    mesh.addBox(x: -1.5...1.2, y: 0.25...0.6, z: 0.42...0.48, at: place, body)
  }

  private mutating func addShed(at place: Placement, _ random: inout RandomStream) {
    let boards = surface(.matte, 0.15...0.5, RawClass.otherStructure, &random)
    let half = SIMD2(random.uniform(0.8...1.25), random.uniform(0.7...1.05))
    let eaves = random.uniform(1.7...2.1)
    mesh.addBox(x: -half.x...half.x, y: -half.y...half.y, z: -0.3...eaves, at: place, boards)
    for y: Float in [-1, 1] {
      mesh.addQuad(
        place.point(-half.x - 0.1, y * (half.y + 0.15), eaves - 0.05),
        place.point(half.x + 0.1, y * (half.y + 0.15), eaves - 0.05),
        place.point(half.x + 0.1, 0, eaves + 0.5), place.point(-half.x - 0.1, 0, eaves + 0.5),
        boards)
    }
  }
}
