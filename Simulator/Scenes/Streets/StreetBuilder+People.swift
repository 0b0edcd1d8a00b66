extension StreetBuilder {
  /// Adds people on foot and riders.
  mutating func addPeople() {
    addWalkers()
    addRiders()
  }

  /// People on the pavements, alone and in groups, and crossing.
  private mutating func addWalkers() {
    var random = key.key(.people).stream
    let mean: Float =
      switch plan.style {
      case .residential: 2.8
      case .city: 8
      case .arterial: 2
      case .campus: 8
      }
    let count = Int(mean * plan.bustle * configuration.people + random.uniform())
    var added = 0
    while added < count {
      let size = random.chance(0.3) ? random.integer(2...4) : 1
      addGroup(size: min(size, count - added), &random)
      added += size
    }
  }

  /// Adds people who stand or walk together.
  private mutating func addGroup(size: Int, _ random: inout RandomStream) {
    let along = (2.5 + random.exponential(mean: 12)) * (random.chance(0.6) ? 1 : -1)
    let side: Float = random.chance(0.42) ? 1 : -1
    let roadSide = plan.main.ground.side(side)
    let isCrossing = random.chance(0.2)
    let isStanding = random.chance(0.3)
    var distance =
      roadSide.pavementStart + random.uniform(0.3...1)
      * random.uniform(0.4...max(0.5, roadSide.pavement - 0.3))
    if isCrossing { distance = random.uniform(0...roadSide.kerb) }
    if random.chance(0.1) { distance = roadSide.frontageStart + random.uniform(0.4...8) }
    let direction = random.sign()
    let heading: Float =
      isStanding
      ? random.uniform(-3.14...3.14) : isCrossing ? direction * .pi / 2 : direction > 0 ? 0 : .pi
    let speed = isStanding ? 0 : random.uniform(0.7...1.8) * direction
    for member in 0..<size {
      let trajectory = Trajectory(
        street: plan.main,
        along: along + (isCrossing ? Float(member) * 0.7 : random.normal(0, 0.35)),
        across: side * (distance + (isCrossing ? 0 : Float(member) * random.uniform(0.5...0.8))),
        heading: heading + random.normal(0, isStanding ? 0.8 : 0.08),
        speed: isCrossing ? 0 : speed, acrossSpeed: isCrossing ? speed : 0)
      add(random.chance(0.1) ? .child : .adult, on: trajectory, margin: 0.03, &random)
    }
  }

  /// Riders of bicycles and motorcycles.
  private mutating func addRiders() {
    var random = key.key(.riders).stream
    let count = Int(
      0.6 * configuration.riders * random.exponential(mean: 1) + random.uniform())
    for _ in 0..<count {
      let isMotorcyclist = random.chance(0.2)
      let along = (4 + random.exponential(mean: 18)) * (random.chance(0.6) ? 1 : -1)
      let side = random.sign()
      let roadSide = plan.main.ground.side(side)
      let isOnPavement = !isMotorcyclist && random.chance(0.25)
      let across =
        isOnPavement
        ? roadSide.pavementStart + roadSide.pavement / 2
        : isMotorcyclist
          ? roadSide.laneWidth / 2 : roadSide.lanesEnd - random.uniform(0.5...1)
      let speed = isMotorcyclist ? random.uniform(6...14) : random.uniform(2.5...6.5)
      let trajectory = Trajectory(
        street: plan.main, along: along, across: side * across,
        heading: (side > 0 ? .pi : 0) + random.normal(0, 0.06), speed: -side * speed)
      add(isMotorcyclist ? .motorcyclist : .cyclist, on: trajectory, margin: 0.1, &random)
    }
  }
}
