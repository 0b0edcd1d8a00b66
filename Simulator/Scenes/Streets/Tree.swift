import Randomness

/// How a tree grows.
enum TreeHabit: CaseIterable, Sendable {
  /// A round crown on a clear trunk.
  case round
  /// Narrow and tall.
  case columnar
  /// A cone with leaves from the ground.
  case conifer
  /// Wide, with heavy branches.
  case spreading
  /// Thin, freshly planted beside a stake.
  case young
  /// Bare branches.
  case bare
}

/// The size of a tree, in metres.
struct Tree: Sendable {
  var habit: TreeHabit
  var trunkRadius: Float
  /// Where the crown begins, its height above that, and its radius.
  var trunkHeight: Float
  var crownHeight: Float
  var crownRadius: Float
  var lean: SIMD2<Float>
  var bark: SurfaceIndex
  var leaves: SurfaceIndex

  init(
    _ habit: TreeHabit, palette: StreetPalette, _ random: inout RandomStream
  ) {
    self.habit = habit
    trunkHeight = random.uniform(2...4)
    crownHeight = random.uniform(3...6)
    crownRadius = random.uniform(1.5...3.2)
    trunkRadius = random.uniform(0.09...0.3)
    switch habit {
    case .round, .bare: break
    case .columnar:
      crownRadius = random.uniform(0.6...1.2)
      trunkHeight = random.uniform(0.4...2)
      crownHeight = random.uniform(5...10)
    case .conifer:
      crownRadius = random.uniform(1.2...2.6)
      trunkHeight = random.uniform(0.1...1)
      crownHeight = random.uniform(5...12)
    case .spreading:
      crownRadius = random.uniform(3...5.5)
      crownHeight = random.uniform(4...8)
      trunkRadius = random.uniform(0.25...0.5)
    case .young:
      crownRadius = random.uniform(0.5...1.1)
      trunkHeight = random.uniform(1.2...2.2)
      crownHeight = random.uniform(1.2...2.5)
      trunkRadius = random.uniform(0.03...0.07)
    }
    lean = SIMD2(random.normal(0, 0.04), random.normal(0, 0.04))
    bark = random.pick(palette.bark)
    leaves = random.pick(palette.leaves)
  }

  var height: Float { trunkHeight + crownHeight }
}

extension StreetBuilder {
  /// Adds a tree at a place on the ground.
  mutating func add(_ tree: Tree, at place: Placement, _ random: inout RandomStream) {
    let detail = detail(at: place.origin)
    let top = Vector(tree.lean.x, tree.lean.y, 1) * (tree.trunkHeight + tree.crownHeight * 0.5)
    mesh.addBar(
      from: Vector(0, 0, -0.3), to: top, radius: tree.trunkRadius,
      endRadius: tree.trunkRadius * 0.5,
      sides: detail > 0.4 ? 8 : 5, at: place, tree.bark)
    if tree.habit != .conifer, tree.habit != .columnar, detail > 0.3 {
      addBranches(of: tree, at: place, detail, &random)
    }
    if tree.habit == .young {
      mesh.addBar(
        from: Vector(0.35, 0, 0), to: Vector(0.3, 0, 1.9), radius: 0.035, sides: 5, at: place,
        tree.bark)
    }
    if tree.habit != .bare { addCrown(of: tree, at: place, detail, &random) }
  }

  private mutating func addBranches(
    of tree: Tree, at place: Placement, _ detail: Float, _ random: inout RandomStream
  ) {
    let count = Int((tree.habit == .bare ? 12 : 5) * detail)
    for _ in 0..<count {
      let height = tree.trunkHeight + random.uniform(-0.1...0.4) * tree.crownHeight
      let start = Vector(tree.lean.x * height, tree.lean.y * height, height)
      let reach = tree.crownRadius * random.uniform(0.5...0.95)
      let turn = place.turned(random.uniform(0...6.28))
      let end = Vector(reach, 0, height + random.uniform(0.2...0.9) * reach)
      mesh.addBar(
        from: start, to: end, radius: tree.trunkRadius * 0.35, endRadius: 0.02, sides: 4, at: turn,
        tree.bark)
    }
  }

  private mutating func addCrown(
    of tree: Tree, at place: Placement, _ detail: Float, _ random: inout RandomStream
  ) {
    let volume = tree.crownRadius * tree.crownRadius * tree.crownHeight
    let slices = tree.crownHeight / max(tree.crownRadius, 0.6)
    let count = min(12, max(2, Int(slices * 1.2 + volume * 0.12 * (0.4 + 0.6 * detail))))
    for index in 0..<count {
      let part = (Float(index) + random.uniform(0.2...0.8)) / Float(count)
      let width = crownWidth(tree.habit, at: part) * tree.crownRadius
      let turn = place.turned(random.uniform(0...6.28))
      let isSlender = tree.habit == .columnar || tree.habit == .conifer
      let clump = max(0.25, width * random.uniform(isSlender ? 0.75...1 : 0.45...0.7))
      let centre = turn.point(
        max(0, width - clump) * random.uniform().squareRoot(), 0,
        tree.trunkHeight + part * tree.crownHeight)
      var middle = place
      middle.origin = centre
      foliage.add(
        to: &mesh, at: middle, halfAxes: Vector(clump, clump, clump * random.uniform(0.6...1.1)),
        detail: detail, isDense: isSlender, tree.leaves, &random)
    }
  }

  /// Radius of a crown at a height, from 0 at its foot to 1 at its top, as a share of its widest.
  private func crownWidth(_ habit: TreeHabit, at height: Float) -> Float {
    switch habit {
    case .conifer: 1 - 0.9 * height
    case .columnar: 0.6 + 1.6 * height * (1 - height)
    case .round, .spreading, .young, .bare: 0.35 + 2.6 * height * (1 - height)
    }
  }
}
