/// The skin of a big vehicle: its plan raised through levels, with a roof and a floor.
struct Shell {
  /// Half the outline seen from above at its widest: from the middle of the front along the left
  /// side to the middle of the rear; x forward, y to the left.
  var plan: [SIMD2<Float>]
  /// From the lower edge to the roof's.
  var levels: [Level]
  /// Height of the roof's middle above its edge.
  var crown: Float = 0.08
  /// Openings of the lower edge for wheels: where, and how high.
  var arches: (places: [ClosedRange<Float>], height: Float) = ([], 0)

  /// A height at which the outline is narrower or shorter.
  struct Level {
    var height: Float
    var widthShare: Float = 1
    /// How far front and rear stand back from the plan's.
    var setback: (front: Float, rear: Float) = (0, 0)
  }

  /// Something of the skin: between levels `row` and `row + 1`, and where along the plan.
  struct Panel {
    var row: Int
    var isLeft: Bool
    /// The panel's middle at the plan's outline.
    var middle: SIMD2<Float>
  }

  /// A plan with rounded corners, and panel edges on the sides at `places`.
  ///
  /// The middles of the front and of the rear stand out by `nose` and `tail` before their corners.
  static func plan(
    length: Float, width: Float, nose: Float, tail: Float, places: [Float]
  ) -> [SIMD2<Float>] {
    let (front, rear, half) = (length / 2, -length / 2, width / 2)
    let sides = places.filter { $0 < front - nose - 0.12 && $0 > rear + tail + 0.12 }
    var plan: [SIMD2<Float>] = [
      .init(front, 0), .init(front - 0.22 * nose, 0.55 * half),
      .init(front - 0.7 * nose, 0.9 * half),
      .init(front - nose - 0.1, half),
    ]
    plan += sides.sorted(by: >).map { .init($0, half) }
    return plan + [
      .init(rear + tail + 0.1, half), .init(rear + 0.6 * tail, 0.92 * half), .init(rear, 0),
    ]
  }

  /// The edges of pillars, 10 cm wide, that stand about every `pitch` metres along a side.
  static func windowEdges(from start: Float, to end: Float, pitch: Float) -> [Float] {
    let count = max(1, Int((start - end) / pitch))
    let step = (start - end) / Float(count)
    return (0...count).flatMap { index -> [Float] in
      let pillar = start - Float(index) * step
      return [pillar + 0.05, pillar - 0.05]
    }
  }

  /// The outline at a level: a closed ring.
  fileprivate func ring(_ row: Int) -> [Vector] {
    let level = levels[row]
    let (front, rear) = (plan[0].x, plan[plan.count - 1].x)
    let reach = 0.3 * (front - rear)
    let half = plan.map { point in
      let (toFront, toRear) = (front - point.x, point.x - rear)
      let x =
        point.x - level.setback.front * max(0, 1 - toFront / reach)
        + level.setback.rear * max(0, 1 - toRear / reach)
      let isArch = row == 0 && arches.places.contains { $0.contains(point.x) }
      return Vector(x, point.y * level.widthShare, isArch ? arches.height : level.height)
    }
    return half + half[1..<half.count - 1].reversed().map { Vector($0.x, -$0.y, $0.z) }
  }
}

extension ActorDraft {
  /// Adds a shell; `panel` says what a panel is made of.
  mutating func add(
    _ shell: Shell, at place: Placement = .world, roof: SurfaceIndex, floor: SurfaceIndex,
    panel: (Shell.Panel) -> SurfaceIndex
  ) {
    let rings = shell.levels.indices.map(shell.ring)
    let columns = shell.plan.count - 1
    mesh.addLoft(through: rings, isClosed: true, at: place) { row, column in
      let index = column < columns ? column : 2 * columns - 1 - column
      let middle = (shell.plan[index] + shell.plan[index + 1]) * 0.5
      return panel(Shell.Panel(row: row, isLeft: column < columns, middle: middle))
    }
    addSlab(rings[rings.count - 1], half: columns, crown: shell.crown, at: place, roof)
    addSlab(rings[0], half: columns, crown: 0, at: place, floor)
  }

  /// Closes a ring across, from each point to the one opposite.
  private mutating func addSlab(
    _ ring: [Vector], half columns: Int, crown: Float, at place: Placement, _ surface: SurfaceIndex
  ) {
    let rows = (0...columns).map { index in
      let edge = ring[index]
      let share = index == 0 || index == columns ? 0 : crown
      return [
        edge, Vector(edge.x, 0, edge.z + share), Vector(edge.x, -edge.y, edge.z),
      ]
    }
    mesh.addLoft(through: rows, at: place) { _, _ in surface }
  }
}
