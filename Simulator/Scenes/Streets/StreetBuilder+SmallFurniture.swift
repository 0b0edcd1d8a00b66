import Randomness

extension StreetBuilder {
  /// Adds what is smaller than a car; its front faces right, to y below 0.
  mutating func addSmall(
    _ kind: Furniture, at place: Placement, _ body: SurfaceIndex, _ random: inout RandomStream
  ) {
    switch kind {
    case .bin: addBin(at: place, body, &random)
    case .wheeledBin: addWheeledBins(at: place, &random)
    case .bench: addBench(at: place, body, &random)
    case .bollards: addBollards(at: place, body, &random)
    case .planter: addPlanter(at: place, body, &random)
    case .boxes: addBoxes(at: place, &random)
    case .stones, .sacks: addLumps(at: place, body, isSoft: kind == .sacks, &random)
    case .cafeTable: addTable(at: place, body)
    case .barrier: addBarrier(at: place, body)
    case .advertisingColumn:
      let height = random.uniform(2.4...3.6)
      mesh.addBar(from: .zero, to: Vector(0, 0, height), radius: 0.62, sides: 14, at: place, body)
    case .hydrant:
      mesh.addBar(from: .zero, to: Vector(0, 0, 0.8), radius: 0.11, sides: 7, at: place, body)
    case .poster:
      mesh.addBox(x: -0.65...0.65, y: -0.1...0.1, z: 0.4...2.2, at: place, body)
      mesh.addBox(x: -0.5...0.5, y: -0.05...0.05, z: 0...0.4, at: place, body)
    default:
      let height = random.uniform(0.8...(kind == .parcelLocker ? 2.2 : 1.7))
      let half = kind.size / 2
      mesh.addBox(x: -half.x...half.x, y: -half.y...half.y, z: -0.1...height, at: place, body)
    }
  }

  private mutating func addBin(
    at place: Placement, _ body: SurfaceIndex, _ random: inout RandomStream
  ) {
    let base = random.uniform(0...0.45)
    mesh.addBar(from: .zero, to: Vector(0, 0, 1), radius: 0.035, sides: 5, at: place, body)
    mesh.addBar(
      from: Vector(0, 0, base), to: Vector(0, 0, base + random.uniform(0.5...0.75)),
      radius: random.uniform(0.16...0.24), sides: 9, at: place, body)
  }

  /// One to three household bins.
  private mutating func addWheeledBins(at place: Placement, _ random: inout RandomStream) {
    for slot in 0..<random.integer(1...3) {
      let colour = surface(.matte, 0.06...0.45, RawClass.otherObject, &random)
      let bin = place.moved(Float(slot) * 0.62 - 0.6, random.normal(0, 0.05))
        .turned(random.normal(0, 0.12))
      let height = random.uniform(0.95...1.1)
      mesh.addLoft(
        through: [(Float(0.05), Float(0.2)), (height * 0.9, 0.28), (height, 0.29)].map { z, half in
          [(-half, -half), (half, -half), (half, half), (-half, half)].map {
            Vector($0.0, $0.1 * 1.2, z)
          }
        }, isClosed: true, at: bin
      ) { _, _ in colour }
      mesh.addQuad(
        bin.point(-0.3, -0.4, height), bin.point(0.3, -0.4, height),
        bin.point(0.3, 0.36, height + 0.08), bin.point(-0.3, 0.36, height + 0.08), colour)
    }
  }

  private mutating func addBench(
    at place: Placement, _ body: SurfaceIndex, _ random: inout RandomStream
  ) {
    let half = random.uniform(0.75...0.95)
    mesh.addBox(x: -half...half, y: -0.22...0.2, z: 0.4...0.46, at: place, body)
    if random.chance(0.75) {
      mesh.addBox(x: -half...half, y: 0.2...0.25, z: 0.55...0.7, at: place, body)
      mesh.addBox(x: -half...half, y: 0.22...0.27, z: 0.75...0.9, at: place, body)
    }
    for x in [-half + 0.1, half - 0.15] {
      mesh.addBox(x: x...x + 0.06, y: -0.2...0.25, z: -0.05...0.4, at: place, body)
      mesh.addBox(x: x...x + 0.05, y: 0.2...0.25, z: 0.4...0.9, at: place, body)
    }
  }

  private mutating func addBollards(
    at place: Placement, _ body: SurfaceIndex, _ random: inout RandomStream
  ) {
    let radius = random.uniform(0.04...0.11)
    let height = random.uniform(0.6...1.1)
    let spacing = random.uniform(1.2...2.4)
    for x in stride(from: Float(-2.8), to: 2.8, by: spacing) {
      mesh.addBar(
        from: Vector(x, 0, -0.1), to: Vector(x, 0, height), radius: radius, sides: 7, at: place,
        body)
    }
  }

  private mutating func addPlanter(
    at place: Placement, _ body: SurfaceIndex, _ random: inout RandomStream
  ) {
    let height = random.uniform(0.35...0.8)
    mesh.addBox(x: -0.75...0.75, y: -0.38...0.38, z: -0.1...height, at: place, body)
    foliage.add(
      to: &mesh, at: place.moved(0, 0, height + 0.25),
      halfAxes: Vector(0.6, 0.6, random.uniform(0.3...0.7)), detail: detail(at: place.origin),
      random.pick(palette.leaves), &random)
  }

  private mutating func addBoxes(at place: Placement, _ random: inout RandomStream) {
    for _ in 0..<random.integer(2...5) {
      let colour = surface(.matte, 0.15...0.6, RawClass.otherObject, &random)
      let half = SIMD2(random.uniform(0.15...0.35), random.uniform(0.15...0.35))
      let foot = random.chance(0.4) ? random.uniform(0.2...0.7) : 0
      mesh.addBox(
        x: -half.x...half.x, y: -half.y...half.y, z: foot...foot + random.uniform(0.25...0.7),
        at: place.moved(random.uniform(-0.4...0.4), random.uniform(-0.2...0.2)).turned(
          random.normal(0, 0.2)), colour)
    }
  }

  /// Boulders, or full sacks.
  private mutating func addLumps(
    at place: Placement, _ body: SurfaceIndex, isSoft: Bool, _ random: inout RandomStream
  ) {
    for slot in 0..<random.integer(2...4) {
      let half = Vector(
        random.uniform(0.2...0.4), random.uniform(0.2...0.35), random.uniform(0.18...0.45))
      let spacing: Float = isSoft ? 0.4 : 0.6
      mesh.addEllipsoid(
        centre: Vector(Float(slot) * spacing - 0.6, random.normal(0, 0.08), half.z * 0.7),
        halfAxes: half, at: place, body)
    }
  }

  /// A small table with two chairs.
  private mutating func addTable(at place: Placement, _ body: SurfaceIndex) {
    mesh.addBar(from: .zero, to: Vector(0, 0, 0.72), radius: 0.04, sides: 5, at: place, body)
    mesh.addBar(
      from: Vector(0, 0, 0.72), to: Vector(0, 0, 0.75), radius: 0.36, sides: 9, at: place, body)
    for side: Float in [-1, 1] {
      let chair = place.moved(side * 0.75, 0)
      mesh.addBox(x: -0.2...0.2, y: -0.2...0.2, z: 0.42...0.46, at: chair, body)
      let back = side * 0.2
      mesh.addBox(x: back - 0.02...back + 0.02, y: -0.2...0.2, z: 0.46...0.88, at: chair, body)
      for x: Float in [-0.18, 0.18] {
        for y: Float in [-0.18, 0.18] {
          mesh.addBar(
            from: Vector(x, y, 0), to: Vector(x, y, 0.42), radius: 0.015, sides: 3, at: chair, body)
        }
      }
    }
  }

  /// A road works barrier with a board that sends light back.
  private mutating func addBarrier(at place: Placement, _ body: SurfaceIndex) {
    let board = mesh.add(Surface(.retroreflector, 0.6, semantic: RawClass.otherObject))
    mesh.addBox(x: -1...1, y: -0.02...0.02, z: 0.8...1, at: place, board)
    mesh.addBox(x: -1...1, y: -0.02...0.02, z: 0.35...0.5, at: place, body)
    for x: Float in [-0.95, 0.95] {
      mesh.addBar(
        from: Vector(x, 0, 0), to: Vector(x, 0, 1.05), radius: 0.025, sides: 4, at: place, body)
      mesh.addBox(x: x - 0.1...x + 0.1, y: -0.28...0.28, z: 0...0.1, at: place, body)
    }
  }
}
