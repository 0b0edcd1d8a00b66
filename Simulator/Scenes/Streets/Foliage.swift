import Randomness

/// Leaves in a ball or a box of half axes 1, made once per street and put wherever plants need them.
///
/// A leaf stands for a leaf nearby, and for a spray of leaves farther away.
struct Foliage: Sendable {
  /// What the leaves fill.
  enum Form: Sendable {
    case ball, box
  }

  /// Where leaves are, in half axes.
  private var centres: [Vector] = []
  /// Half a leaf's length and half its width as vectors, for leaves of a mean length of 1.
  private var halves: [(along: Vector, across: Vector)] = []

  /// A clump of `count` leaves; more of them near its skin than in its middle.
  init(_ form: Form, count: Int, _ random: inout RandomStream) {
    for _ in 0..<count {
      let direction = Self.direction(&random)
      switch form {
      case .ball:
        centres.append(direction * (0.4 + 0.6 * random.uniform().squareRoot()))
      case .box:
        // On both faces and on top, evenly along the box.
        let skin = random.uniform(0.7...1.2)
        let isTop = random.chance(0.3)
        centres.append(
          Vector(
            random.uniform(-1...1),
            isTop ? random.uniform(-1...1) : skin * (direction.y < 0 ? -1 : 1),
            isTop ? skin : random.uniform(-1...1)))
      }
      let length = random.uniform(0.6...1.4)
      let along = Self.direction(&random) * (length / 2)
      let across = along.cross(Self.direction(&random)).normalized * (length * 0.34)
      halves.append((along, across))
    }
  }

  /// A direction of length 1, all equally likely.
  private static func direction(_ random: inout RandomStream) -> Vector {
    for _ in 0..<8 {
      let vector = Vector(
        random.uniform(-1...1), random.uniform(-1...1), random.uniform(-1...1))
      let square = vector.dot(vector)
      if square < 1, square > 0.01 { return vector.normalized }
    }
    return .up
  }

  /// Adds the leaves to a mesh.
  ///
  /// `halfAxes` are along a placement's directions, in metres; `leafLength` is the mean, in metres.
  func add(
    to mesh: inout Mesh, at place: Placement, halfAxes: Vector, leafLength: Float,
    _ surface: SurfaceIndex
  ) {
    for leaf in centres.indices {
      let centre = place.point(centres[leaf] * halfAxes)
      let along = place.direction(halves[leaf].along * leafLength)
      let across = place.direction(halves[leaf].across * leafLength)
      mesh.addQuad(
        centre - along - across, centre + along - across, centre + along + across,
        centre - along + across, surface)
    }
  }
}

/// Clumps of leaves to choose from, with few large leaves and with many small ones.
struct FoliageStock: Sendable {
  /// Leaves of a clump by how much detail it deserves, from little to much.
  private static let counts = [10, 16, 30, 64]
  private let balls: [[Foliage]]
  private let boxes: [[Foliage]]

  /// The clumps of one street.
  init(_ random: inout RandomStream) {
    balls = Self.counts.map { count in
      (0..<3).map { _ in Foliage(.ball, count: count, &random) }
    }
    boxes = Self.counts.map { count in
      (0..<3).map { _ in Foliage(.box, count: count, &random) }
    }
  }

  /// Adds a clump; `detail` goes from 0.2 far away to 1 nearby.
  ///
  /// A ball is turned at random; a box keeps to the placement. `isDense` says whether an inside stops
  /// what passes between the outer leaves: twigs and more leaves in a ball, a clipped face in a box.
  func add(
    _ form: Foliage.Form = .ball, to mesh: inout Mesh, at place: Placement, halfAxes: Vector,
    detail: Float, isDense: Bool = false, _ surface: SurfaceIndex, _ random: inout RandomStream
  ) {
    let level = detail > 0.8 ? 3 : detail > 0.45 ? 2 : detail > 0.32 ? 1 : 0
    let clumps = form == .ball ? balls[level] : boxes[level]
    func turned() -> Placement {
      form == .ball ? place.turned(random.uniform(0...6.28)) : place
    }
    // Leaves cover the same share of the clump whatever their number, and have natural sizes.
    let area = (halfAxes.x * halfAxes.y + halfAxes.z * (halfAxes.x + halfAxes.y)) / 3
    let length = (isDense ? 2 : 2.7) * (area / Float(Self.counts[level])).squareRoot()
    let limit = 0.08 + 0.22 / detail
    let layers = min(detail > 0.8 ? 3 : 2, max(1, (length * length / (limit * limit)).rounded()))
    for _ in 0..<Int(layers) {
      random.pick(clumps).add(
        to: &mesh, at: turned(), halfAxes: halfAxes,
        leafLength: max(0.08, length / layers.squareRoot()), surface)
    }
    guard isDense else { return }
    if form == .box {
      mesh.addBox(
        x: -halfAxes.x * 0.96...halfAxes.x * 0.96, y: -halfAxes.y * 0.55...halfAxes.y * 0.55,
        z: -halfAxes.z...halfAxes.z * 0.75, at: place, surface)
    } else {
      let inner = random.pick(balls[min(level, 1)])
      inner.add(
        to: &mesh, at: turned(), halfAxes: halfAxes * 0.62,
        leafLength: (area * 2.2 / Float(Self.counts[min(level, 1)])).squareRoot(), surface)
    }
  }
}
