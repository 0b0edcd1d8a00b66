import Randomness

extension StreetBuilder {
  /// Adds riders of bicycles and motorcycles, on the carriageway and on the pavements.
  mutating func addRiders() {
    var random = key.key(.riders).stream
    let count = Int(0.6 * configuration.riders * random.exponential(mean: 1) + random.uniform())
    for _ in 0..<count {
      let along = (4 + random.exponential(mean: 18)) * (random.chance(0.6) ? 1 : -1)
      if random.chance(0.2) {
        addMotorcyclist(at: along, &random)
      } else {
        addCyclist(at: along, &random)
      }
    }
  }

  private mutating func addMotorcyclist(at along: Float, _ random: inout RandomStream) {
    let side = random.sign()
    let road = plan.main.ground.side(side)
    let lane = Float(random.integer(0...road.laneCount - 1))
    let speed = random.chance(0.1) ? 0 : random.uniform(6...14)
    let trajectory = Trajectory(
      street: plan.main, along: along,
      across: side * (lane + random.uniform(0.35...0.7)) * road.laneWidth,
      heading: (side > 0 ? .pi : 0) + random.normal(0, 0.05), speed: -side * speed)
    add(.motorcyclist, on: trajectory, margin: 0.3, &random)
  }

  private mutating func addCyclist(at along: Float, _ random: inout RandomStream) {
    let side = random.sign()
    let road = plan.main.ground.side(side)
    let isOnPavement = random.chance(0.3)
    let distance =
      isOnPavement
      ? road.pavementStart + road.pavement * random.uniform(0.3...0.7)
      : road.lanesEnd - random.uniform(0.4...1)
    // Some ride on the wrong side, most of them on the pavement.
    let direction = random.chance(isOnPavement ? 0.35 : 0.05) ? side : -side
    let speed = random.chance(0.07) ? 0 : random.uniform(2.5...6.5)
    let trajectory = Trajectory(
      street: plan.main, along: along, across: side * distance,
      heading: (direction > 0 ? 0 : .pi) + random.normal(0, 0.06), speed: direction * speed)
    add(.cyclist, on: trajectory, margin: 0.1, &random)
  }
}
