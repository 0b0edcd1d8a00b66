import Randomness

extension ActorDraft {
  /// Adds a closed load space: walls a little inside of a frame of posts and rails.
  mutating func addBoxBody(_ shape: TruckShape, _ surfaces: HeavySurfaces) {
    let wall = random.chance(0.5) ? surfaces.paint : matte(0.15...0.7)
    let frame = random.chance(0.5) ? wall : surfaces.trim
    let (half, inset): (Float, Float) = (shape.width / 2 + 0.025, 0.025)
    let x = shape.rear...shape.loadFront
    let z = shape.floor...shape.loadHeight
    mesh.addBox(
      x: x.lowerBound + inset...x.upperBound - inset, y: -half + inset...half - inset,
      z: z.lowerBound + inset...z.upperBound - inset, wall)
    for side: Float in [1, -1] {
      let y = side * (half - 0.03)
      let beam = y - 0.03...y + 0.03
      mesh.addBox(x: x, y: beam, z: z.lowerBound...z.lowerBound + 0.16, frame)
      mesh.addBox(x: x, y: beam, z: z.upperBound - 0.1...z.upperBound, frame)
      for post in [x.lowerBound...x.lowerBound + 0.09, x.upperBound - 0.09...x.upperBound] {
        mesh.addBox(x: post, y: beam, z: z, frame)
      }
    }
    // Where the doors meet.
    mesh.addBox(x: x.lowerBound...x.lowerBound + inset, y: -0.03...0.03, z: z, frame)
  }

  /// Adds an open load space with boards on all sides and, mostly, a load.
  mutating func addPlatform(_ shape: TruckShape, _ surfaces: HeavySurfaces) {
    let board = random.chance(0.5) ? surfaces.paint : matte(0.1...0.5)
    let x = shape.rear...shape.loadFront
    let (half, floor, height) = (shape.width / 2, shape.floor, shape.loadHeight)
    mesh.addBox(x: x, y: -half...half, z: floor...floor + 0.12, board)
    for side: Float in [1, -1] {
      let y = side * (half - 0.03)
      mesh.addBox(x: x, y: y - 0.03...y + 0.03, z: floor...height, board)
    }
    mesh.addBox(
      x: x.lowerBound - 0.005...x.lowerBound + 0.055, y: -half...half, z: floor...height, board)
    mesh.addBox(
      x: x.upperBound - 0.06...x.upperBound, y: -half...half, z: floor...height + 0.5, board)
    if random.chance(0.7) {
      addLoad(x: x, halfWidth: half - 0.1, floor: floor + 0.1, boards: height)
    }
  }

  /// Adds a heap of something loose, or crates.
  private mutating func addLoad(
    x: ClosedRange<Float>, halfWidth: Float, floor: Float, boards: Float
  ) {
    let load = matte(0.1...0.5)
    let length = x.upperBound - x.lowerBound
    if random.chance(0.5) {
      mesh.addEllipsoid(
        centre: Vector(x.lowerBound + length / 2, 0, boards - 0.15),
        halfAxes: Vector(0.45 * length, halfWidth, 0.5), sides: 9, load)
      return
    }
    for index in 0..<random.integer(1...3) {
      let middle = x.lowerBound + 0.9 + 1.6 * Float(index)
      let half = random.uniform(0.4...0.75)
      mesh.addBox(
        x: middle - half...middle + half, y: -halfWidth...random.uniform(0.2...1),
        z: floor...boards + random.uniform(0...0.8), load)
    }
  }
}
