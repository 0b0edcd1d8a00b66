import Randomness

extension StreetBuilder {
  /// Chooses how the ego vehicle moves: it flows with the traffic, or waits.
  mutating func startEgo() {
    var random = key.key(.ego).stream
    let waits = plan.main.ground.junctions.contains {
      $0.hasLights && (4...40).contains($0.along - $0.halfWidth)
    }
    let isWaiting = random.chance(waits ? 0.6 : 0.08)
    ego.speed = isWaiting ? 0 : plan.fastestEgo * random.uniform(0.36...1)
    ego.stance = SIMD2(2.7, 1.5)
    reserveEgoPath()
  }

  /// Adds what drives on the street and its side streets.
  mutating func addTraffic() {
    addNeighbour()
    for (index, side) in [Float(-1), 1].enumerated() {
      let roadSide = plan.main.ground.side(side)
      for lane in 0..<roadSide.laneCount {
        var random = key.key(.vehicles, 4 * index + lane).stream
        addLane(side: side, lane: lane, &random)
      }
    }
    for (index, arm) in plan.arms.enumerated() {
      var random = key.key(.vehicles, 60 + index).stream
      addArmTraffic(on: arm, &random)
    }
  }

  /// A kind of vehicle on the move.
  ///
  /// KITTI's drives show 3.4 cars, 0.41 vans and 0.15 trucks in a frame: of large flat sides, most are vans'.
  func movingKind(_ random: inout RandomStream) -> ActorKind {
    random.pick([
      (.hatchback, 0.3), (.sedan, 0.2), (.estate, 0.15), (.suv, 0.13), (.van, 0.12),
      (.pickup, 0.01), (.truck, 0.05), (.bus, 0.02), (.trailer, 0.01),
      (.tram, plan.style == .city ? 0.02 : 0),
    ])
  }

  /// Mean number of vehicles per lane over the length of the street.
  private var meanCount: Float {
    let mean: Float =
      switch plan.style {
      case .residential: 1.6
      case .city: 3.8
      case .arterial: 6.5
      case .campus: 0.9
      }
    return mean * plan.traffic * configuration.vehicles
  }

  /// Adds a vehicle in a lane beside the ego vehicle's, going by or waiting there.
  private mutating func addNeighbour() {
    var random = key.key(.neighbour).stream
    guard configuration.vehicles > 0, random.chance(configuration.neighbours) else { return }
    let lanes = [Float(-1), 1].flatMap { side in
      let roadSide = plan.main.ground.side(side)
      return (0..<roadSide.laneCount).map { side * (Float($0) + 0.5) * roadSide.laneWidth }
    }
    let beside = lanes.filter { (2.4...4.6).contains(abs($0 - ego.across)) }
    guard !beside.isEmpty else { return }
    let across = beside[random.integer(0...beside.count - 1)]
    let isOncoming = across > 0
    let speed = random.chance(0.3) ? 0 : plan.flowSpeed * random.uniform(0.3...1.1)
    let kind: ActorKind = random.pick([
      (.hatchback, 0.25), (.sedan, 0.15), (.estate, 0.12), (.suv, 0.13), (.van, 0.2),
      (.truck, 0.09), (.bus, 0.06),
    ])
    let trajectory = Trajectory(
      street: plan.main, along: random.uniform(-9...12), across: across + random.normal(0, 0.2),
      heading: (isOncoming ? .pi : 0) + random.normal(0, 0.03),
      speed: isOncoming ? -speed : speed)
    add(kind, on: trajectory, margin: 0.1, &random)
  }

  private mutating func addLane(side: Float, lane: Int, _ random: inout RandomStream) {
    guard meanCount > 0 else { return }
    let roadSide = plan.main.ground.side(side)
    let across = side * (Float(lane) + 0.5) * roadSide.laneWidth
    let isEgoLane = side < 0 && lane == roadSide.laneCount - 1
    let isQueue = isEgoLane ? ego.speed == 0 : random.chance(0.15)
    let speed = isEgoLane ? ego.speed : isQueue ? 0 : plan.flowSpeed * random.uniform(0.8...1.1)
    let spacing = (isQueue ? 90 : 240) / meanCount
    var along = plan.extent.lowerBound + random.exponential(mean: spacing)
    while along < plan.extent.upperBound {
      let kind = movingKind(&random)
      let trajectory = Trajectory(
        street: plan.main, along: along, across: across + random.normal(0, 0.15),
        heading: (side > 0 ? .pi : 0) + random.normal(0, 0.012),
        speed: -side * speed * random.uniform(0.95...1.05))
      // What stands across the end of the street lets nobody through.
      if !plan.isAtEnd(along, margin: 8) { add(kind, on: trajectory, margin: 1, &random) }
      along += kind.nominalLength + (isQueue ? 2 : 8) + random.exponential(mean: spacing)
    }
  }

  /// Vehicles that wait to come out of a side street, drive into it, or cross.
  private mutating func addArmTraffic(on arm: Street, _ random: inout RandomStream) {
    guard let branch = arm.branch else { return }
    let kerb = plan.main.ground.side(branch.side).kerb
    let lane = max(1, branch.halfWidth / 2)
    let count = Int(random.exponential(mean: 0.45) * plan.traffic * configuration.vehicles)
    for _ in 0..<count {
      let isOutward = random.chance(0.5)
      let isWaiting = !isOutward && random.chance(0.4)
      let along = isWaiting ? kerb + random.uniform(2.5...4) : kerb + random.uniform(-8...55)
      let trajectory = Trajectory(
        street: arm, along: along, across: isOutward ? -lane : lane,
        heading: (isOutward ? 0 : .pi) + random.normal(0, 0.04),
        speed: isWaiting ? 0 : (isOutward ? 1 : -1) * random.uniform(3...9))
      add(movingKind(&random), on: trajectory, margin: 0.8, &random)
    }
  }
}
