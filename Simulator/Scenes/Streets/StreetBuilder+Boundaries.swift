import Randomness

extension StreetBuilder {
  /// What stands between a garden and the pavement.
  enum Boundary: Sendable {
    case wall, boards, pickets, wire, railing, hedge
  }

  /// Adds walls, fences and hedges in front of the gardens.
  mutating func addBoundaries() {
    for (index, side) in [Float(1), -1].enumerated() {
      var random = key.key(.clutter, index).stream
      let roadSide = plan.main.ground.side(side)
      guard roadSide.frontage > 1.2 else { continue }
      addBoundary(
        along: plan.main, from: plan.extent.lowerBound, to: plan.extent.upperBound,
        across: side * (roadSide.frontageStart + 0.15), &random)
    }
    for (index, arm) in plan.arms.enumerated() where plan.style == .residential {
      guard let branch = arm.branch else { continue }
      for (half, side) in [Float(1), -1].enumerated() {
        var random = key.key(.clutter, 10 + 2 * index + half).stream
        addBoundary(
          along: arm, from: plan.main.ground.side(branch.side).buildingLine, to: 75,
          across: side * (branch.halfWidth + branch.pavement + 0.2), &random)
      }
    }
  }

  /// Adds properties one after the other, each with a boundary of its own.
  private mutating func addBoundary(
    along street: Street, from start: Float, to end: Float, across: Float,
    _ random: inout RandomStream
  ) {
    let share: Float = plan.style == .residential ? 0.85 : plan.style == .city ? 0.6 : 0.45
    var along = start
    while along < end {
      let length = min(random.uniform(8...22), end - along)
      if random.chance(share) {
        let boundary: Boundary = random.pick([
          (.wall, 0.15), (.boards, 0.12), (.pickets, 0.1), (.wire, 0.08), (.railing, 0.1),
          (.hedge, 0.45),
        ])
        addBoundary(
          boundary, along: street, from: along, length: length, across: across, &random)
      }
      along += length
    }
  }

  private mutating func addBoundary(
    _ boundary: Boundary, along street: Street, from start: Float, length: Float, across: Float,
    _ random: inout RandomStream
  ) {
    let isTall = boundary == .hedge || boundary == .boards
    let height = random.uniform(isTall ? 0.8...2.3 : 0.5...1.5)
    let thickness: Float = boundary == .hedge ? random.uniform(0.5...1) : 0.2
    let solid = surface(.matte, 0.15...0.55, RawClass.fence, &random)
    let leaves = random.pick(palette.leaves)
    let gate = random.uniform(0...length)
    let inner = across + (across > 0 ? thickness / 2 : -thickness / 2)
    for step in stride(from: 0, to: length - 1, by: 2) where abs(step + 1 - gate) > 1.1 {
      let panel = min(2, length - step)
      let place = street.placement(along: start + step + panel / 2, across: inner)
      let main = street.mainCoordinates(along: start + step + panel / 2, across: inner)
      guard !plan.main.ground.hasDriveway(along: main.along, across: main.across),
        egoDistance(place.origin) > 3,
        takeOffStreets(Footprint(place, length: panel, width: thickness).grown(by: -0.03))
      else { continue }
      let end = street.point(along: start + step + panel, across: inner)
      let begin = street.point(along: start + step, across: inner)
      if boundary == .hedge {
        addHedge(
          at: place, length: panel, height: height, thickness: thickness, leaves, &random)
      } else {
        addPanel(boundary, from: begin, to: end, height: height, solid)
      }
    }
  }

  /// Adds leaves that fill a box on the ground.
  mutating func addHedge(
    at place: Placement, length: Float, height: Float, thickness: Float, _ leaves: SurfaceIndex,
    _ random: inout RandomStream
  ) {
    let detail = detail(at: place.origin)
    foliage.add(
      .box, to: &mesh, at: place.moved(0, 0, height * 0.5),
      halfAxes: Vector(length * 0.54, thickness / 2, height * 0.54), detail: detail,
      isDense: true, leaves, &random)
  }

  /// Adds one panel of a wall or fence between two points on the ground.
  mutating func addPanel(
    _ boundary: Boundary, from start: Vector, to end: Vector, height: Float, _ solid: SurfaceIndex
  ) {
    let up = Vector(0, 0, height)
    let side = (end - start).cross(.up).normalized
    func face(_ offset: Float, _ low: Float, _ surface: SurfaceIndex) {
      let shift = side * offset
      let foot = Vector(0, 0, low)
      mesh.addQuad(
        start + shift + foot, end + shift + foot, end + shift + up, start + shift + up, surface)
    }
    func post(_ at: Vector) {
      mesh.addBar(from: at - Vector(0, 0, 0.2), to: at + up, radius: 0.04, sides: 4, solid)
    }
    switch boundary {
    case .wall, .hedge:
      face(0.1, -0.3, solid)
      face(-0.1, -0.3, solid)
      mesh.addQuad(
        start + side * 0.1 + up, end + side * 0.1 + up, end - side * 0.1 + up,
        start - side * 0.1 + up, solid)
    case .boards:
      face(0, 0.05, solid)
      post(start)
    case .pickets:
      face(0, 0.08, palette.railing)
      post(start)
    case .wire:
      face(0, 0.02, palette.wire)
      post(start)
    case .railing:
      face(0, 0.1, palette.railing)
      mesh.addBar(from: start + up, to: end + up, radius: 0.025, sides: 4, solid)
    }
  }
}
