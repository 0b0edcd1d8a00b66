import Randomness

extension StreetBuilder {
  /// What a group of people does.
  private enum Activity {
    /// Walking along the pavement.
    case walking
    /// Standing about and talking.
    case standing
    /// Walking across the carriageway.
    case crossing
    /// Waiting at the kerb to cross.
    case waiting
    /// Walking in a garden, a yard or a meadow.
    case strolling
  }

  /// Adds people on the pavements, alone and in groups, and crossing.
  mutating func addPeople() {
    var random = key.key(.people).stream
    let mean: Float =
      switch plan.style {
      case .residential: 3.2
      case .city: 9.5
      case .arterial: 2.4
      case .campus: 9.5
      }
    let count = Int(mean * plan.bustle * configuration.people * plan.stretch + random.uniform())
    var added = 0
    while added < count {
      let size = min(random.chance(0.3) ? random.integer(2...4) : 1, count - added)
      if !plan.arms.isEmpty, random.chance(0.1) {
        addGroup(of: size, inSideStreet: random.pick(plan.arms), &random)
      } else {
        addGroup(of: size, &random)
      }
      added += size
    }
  }

  /// Adds people who walk or stand together on the main street.
  private mutating func addGroup(of size: Int, _ random: inout RandomStream) {
    let activity: Activity = random.pick([
      (.walking, 0.5), (.standing, 0.2), (.crossing, 0.16), (.waiting, 0.06), (.strolling, 0.08),
    ])
    // KITTI's people are near: half of them within 14 m.
    var middle = Trajectory(
      street: plan.main,
      along: plan.moved(
        (2.5 + random.exponential(mean: 12)) * (random.chance(0.6) ? 1 : -1), &random),
      across: 0)
    let side: Float = random.chance(0.42) ? 1 : -1
    let road = plan.main.ground.side(side)
    let direction = random.sign()
    let pace = random.uniform(0.7...1.8) * direction
    let onPavement =
      road.pavementStart + random.uniform(0.3...1)
      * random.uniform(0.4...max(0.5, road.pavement - 0.3))
    middle.heading = direction > 0 ? 0 : .pi
    switch activity {
    case .walking:
      (middle.across, middle.speed) = (side * onPavement, pace)
    case .standing:
      (middle.across, middle.heading) = (side * onPavement, random.uniform(-3.1...3.1))
    case .crossing:
      (middle.across, middle.acrossSpeed) = (side * random.uniform(0...road.kerb), pace)
      middle.heading = direction * .pi / 2
      let zebras = plan.main.ground.junctions.compactMap(\.zebra).filter { $0.overlaps(-30...35) }
      if !zebras.isEmpty, random.chance(0.6) {
        middle.along = random.uniform(random.pick(zebras))
      }
    case .waiting:
      (middle.across, middle.heading) = (side * (road.kerb + 0.5), -side * .pi / 2)
    case .strolling:
      middle.across = side * (road.frontageStart + random.uniform(0.5...9))
      (middle.speed, middle.acrossSpeed) = (pace * 0.7, 0)
    }
    let isAbreast = activity != .crossing && activity != .waiting
    add(size, around: middle, isAbreast: isAbreast, side: side, &random)
  }

  /// Adds people who walk along a side street's pavement.
  private mutating func addGroup(
    of size: Int, inSideStreet arm: Street, _ random: inout RandomStream
  ) {
    guard let branch = arm.branch else { return }
    let side = random.sign()
    let direction = random.sign()
    let middle = Trajectory(
      street: arm, along: arm.ground.side(branch.side).frontageStart + random.uniform(0...25),
      across: side * (branch.halfWidth + random.uniform(0.4...max(0.5, branch.pavement - 0.3))),
      heading: direction > 0 ? 0 : .pi, speed: direction * random.uniform(0.7...1.8))
    add(size, around: middle, isAbreast: true, side: side, &random)
  }

  /// Adds people beside each other, away from the street's middle or along it.
  private mutating func add(
    _ size: Int, around middle: Trajectory, isAbreast: Bool, side: Float,
    _ random: inout RandomStream
  ) {
    for member in 0..<size {
      var trajectory = middle
      let spacing = Float(member) * random.uniform(0.55...0.8)
      trajectory.along += isAbreast ? random.normal(0, 0.35) : spacing
      trajectory.across += isAbreast ? side * spacing : random.normal(0, 0.2)
      trajectory.heading += random.normal(0, middle.isMoving ? 0.08 : 0.6)
      add(random.chance(0.1) ? .child : .adult, on: trajectory, margin: 0.03, &random)
    }
  }
}
