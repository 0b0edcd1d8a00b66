import Randomness

extension StreetBuilder {
  /// Adds rows of street trees, trees in gardens and on the land, and bushes.
  mutating func addTrees() {
    for (index, side) in [Float(1), -1].enumerated() {
      var random = key.key(.vegetation, index).stream
      addTreeRow(side: side, &random)
      addLooseTrees(side: side, &random)
      addBushes(side: side, &random)
    }
  }

  /// Trees at equal distances between kerb and pavement.
  private mutating func addTreeRow(side: Float, _ random: inout RandomStream) {
    let roadSide = plan.main.ground.side(side)
    let share: Float = plan.style == .city ? 0.35 : plan.style == .residential ? 0.4 : 0.5
    guard random.chance(share * configuration.vegetation) else { return }
    let habit = random.pick([TreeHabit.round, .round, .spreading, .young, .bare, .columnar])
    let spacing = random.uniform(6...16)
    let distance =
      roadSide.verge > 0 ? roadSide.kerb + roadSide.verge / 2 : roadSide.kerb + 0.6
    var along = plan.extent.lowerBound + random.uniform(0...10)
    while along < plan.extent.upperBound {
      if random.chance(0.88) {
        plant(
          habit, along: plan.main, at: along + random.normal(0, 0.2), across: side * distance,
          &random)
      }
      along += spacing
    }
  }

  private mutating func addLooseTrees(side: Float, _ random: inout RandomStream) {
    let roadSide = plan.main.ground.side(side)
    let mean: Float =
      switch plan.style {
      case .residential: 16
      case .city: 4
      case .arterial: 26
      case .campus: 24
      }
    let count = Int(random.uniform(0.3...1.5) * mean * configuration.vegetation)
    for _ in 0..<count {
      let along = random.uniform(plan.extent)
      let distance = roadSide.frontageStart + 0.8 + random.exponential(mean: 11)
      let habit = random.pick(TreeHabit.allCases + [.conifer, .columnar])
      plant(habit, along: plan.main, at: along, across: side * distance, &random)
    }
  }

  private mutating func addBushes(side: Float, _ random: inout RandomStream) {
    let roadSide = plan.main.ground.side(side)
    let mean: Float = plan.style == .city ? 6 : 42
    let count = Int(random.uniform(0.2...1.8) * mean * configuration.vegetation)
    for _ in 0..<count {
      let along = random.exponential(mean: 35) * random.sign()
      let distance = roadSide.frontageStart + 0.6 + random.exponential(mean: 5)
      let place = plan.main.placement(along: along, across: side * distance)
      let radius = random.uniform(0.4...1.2) + 1.2 * random.uniform() * random.uniform()
      addBush(at: place, radius: radius, height: radius * random.uniform(0.8...1.8), &random)
    }
  }

  /// Plants a tree where its trunk has room.
  mutating func plant(
    _ habit: TreeHabit, along street: Street, at along: Float, across: Float,
    _ random: inout RandomStream
  ) {
    let place = street.placement(along: along, across: across)
    let tree = Tree(habit, palette: palette, &random)
    let needsGround = habit == .conifer || habit == .columnar
    let size = needsGround ? tree.crownRadius * 1.6 : 0.7
    let clearance = tree.crownRadius + (tree.trunkHeight < 2.5 ? 2 : 0.5)
    guard egoDistance(place.origin) > clearance,
      takeOffStreets(Footprint(place, length: size, width: size))
    else { return }
    add(tree, at: place.turned(random.uniform(0...6.28)), &random)
  }

  /// Adds a bush where there is room: clumps of leaves from the ground up.
  mutating func addBush(
    at place: Placement, radius: Float, height: Float, _ random: inout RandomStream
  ) {
    guard egoDistance(place.origin) > radius + 2,
      takeOffStreets(Footprint(place, length: radius * 1.7, width: radius * 1.7))
    else { return }
    let leaves = random.pick(palette.leaves)
    let detail = detail(at: place.origin)
    for _ in 0..<(radius > 0.8 ? 3 : 2) {
      let middle = place.moved(
        random.uniform(-0.4...0.4) * radius, random.uniform(-0.4...0.4) * radius,
        height * random.uniform(0.35...0.55))
      foliage.add(
        to: &mesh, at: middle, halfAxes: Vector(radius * 0.75, radius * 0.75, height * 0.55),
        detail: detail, isDense: true, leaves, &random)
    }
  }
}
