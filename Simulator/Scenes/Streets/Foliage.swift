/// Leaves in a ball of radius 1, made once per street and put wherever plants need them.
struct Foliage: Sendable {
  /// Four corners per leaf.
  private var corners: [Vector] = []
  var leafCount: Int { corners.count / 4 }

  /// A clump of leaves; more of them near its skin than in its middle.
  ///
  /// - Parameters:
  ///   - count: how many leaves.
  ///   - size: length of a leaf, or a spray of leaves, in radii of the ball.
  init(count: Int, size: Float, _ random: inout RandomStream) {
    corners.reserveCapacity(4 * count)
    for _ in 0..<count {
      let direction = Self.direction(&random)
      let centre = direction * (0.45 + 0.55 * random.uniform().squareRoot())
      let length = size * random.uniform(0.6...1.5)
      let along = Self.direction(&random) * (length / 2)
      let across = along.cross(Self.direction(&random)).normalized * (length * 0.33)
      corners += [
        centre - along - across, centre + along - across, centre + along + across,
        centre - along + across,
      ]
    }
  }

  private static func direction(_ random: inout RandomStream) -> Vector {
    for _ in 0..<8 {
      let vector = Vector(
        random.uniform(-1...1), random.uniform(-1...1), random.uniform(-1...1))
      let length = vector.dot(vector)
      if length < 1, length > 0.01 { return vector.normalized }
    }
    return .up
  }

  /// Adds the leaves to a mesh, stretched by a vector of half axes and turned about the vertical.
  func add(
    to mesh: inout Mesh, centre: Vector, halfAxes: Vector, turn: SIMD2<Float>,
    share: Float = 1, _ surface: SurfaceIndex
  ) {
    let count = min(leafCount, Int(share * Float(leafCount)))
    var corner = 0
    for _ in 0..<count {
      let first = UInt32(mesh.vertices.count)
      for _ in 0..<4 {
        let local = corners[corner]
        corner += 1
        let turned = Vector(
          local.x * turn.x - local.y * turn.y, local.x * turn.y + local.y * turn.x, local.z)
        _ = mesh.addVertex(centre + turned * halfAxes)
      }
      mesh.addTriangle(first, first + 1, first + 2, surface)
      mesh.addTriangle(first, first + 2, first + 3, surface)
    }
  }
}

/// Clumps of leaves to choose from, fine and coarse.
struct FoliageStock: Sendable {
  private let fine: [Foliage]
  private let coarse: [Foliage]

  /// The clumps of one street.
  init(_ random: inout RandomStream) {
    fine = (0..<5).map { _ in Foliage(count: 70, size: 0.3, &random) }
    coarse = (0..<4).map { _ in Foliage(count: 26, size: 0.55, &random) }
  }

  /// Adds a clump.
  ///
  /// - Parameter detail: from 0.25 far away, few and large leaves, to 1 nearby.
  func add(
    to mesh: inout Mesh, centre: Vector, halfAxes: Vector, detail: Float, density: Float = 1,
    _ surface: SurfaceIndex, _ random: inout RandomStream
  ) {
    let clump = detail > 0.45 ? random.pick(fine) : random.pick(coarse)
    // A direction whose length is 1, without a sine.
    let x = random.uniform(-1...1)
    let turn = SIMD2(x, (1 - x * x).squareRoot() * random.sign())
    clump.add(
      to: &mesh, centre: centre, halfAxes: halfAxes, turn: turn,
      share: density * min(1, 0.4 + detail), surface)
  }
}
