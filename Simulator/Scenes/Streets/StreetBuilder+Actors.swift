extension StreetBuilder {
  /// Seconds for which actors keep out of the ego vehicle's way.
  private static let horizon: Double = 2

  /// Puts an actor on the street where there is room for it.
  ///
  /// - Parameter margin: ground to keep free on all its sides, in metres.
  /// - Returns: its box's length and width; nothing where there is no room.
  @discardableResult
  mutating func add(
    _ kind: ActorKind, on trajectory: Trajectory, margin: Float = 0.15,
    _ random: inout RandomStream
  ) -> SIMD2<Float>? {
    var actorRandom = random.key.key(.actor, Int(random.next() >> 40)).stream
    let start = trajectory.placement(at: 0)
    guard occupancy.isFree(Footprint(start, length: 0.5, width: 0.4)) else { return nil }
    let model = ActorModel.make(kind, &actorRandom)
    let size = SIMD2(model.size.x, model.size.y)
    var trajectory = trajectory
    if kind.restsOnWheels { trajectory.stance = size * SIMD2(0.6, 0.8) }
    let footprint = Footprint(start, length: size.x, width: size.y)
    guard occupancy.isFree(footprint.grown(by: margin)), !meetsEgo(trajectory, size: size)
    else { return nil }
    occupancy.take(footprint)
    actors.append(Actor(model: model, trajectory: trajectory))
    return size
  }

  /// Whether something on a trajectory comes too near the ego vehicle.
  private func meetsEgo(_ trajectory: Trajectory, size: SIMD2<Float>) -> Bool {
    let start = ego.placement(at: 0)
    let body = Footprint(trajectory.placement(at: 0), length: size.x, width: size.y)
    if Footprint(start, length: 4, width: 4).overlaps(body) { return true }
    for time in stride(from: 0, through: Self.horizon, by: 0.25) {
      let mine = Footprint(ego.placement(at: time), length: 10, width: 2.5)
      let other = Footprint(trajectory.placement(at: time), length: size.x, width: size.y)
      if mine.overlaps(other) { return true }
      if trajectory.speed == 0, trajectory.acrossSpeed == 0, ego.speed == 0 { break }
    }
    return false
  }
}

extension ActorKind {
  /// Whether it tips with the ground; what walks stays upright.
  var restsOnWheels: Bool {
    switch self {
    case .adult, .child, .sittingPerson: false
    default: true
    }
  }

  /// Length of its parking place, in metres.
  var nominalLength: Float {
    switch self {
    case .hatchback: 3.9
    case .sedan, .estate, .suv: 4.5
    case .van, .pickup: 5.2
    case .truck: 9
    case .bus: 12
    case .tram: 26
    case .trailer: 5
    case .cyclist, .parkedBicycle: 1.8
    case .motorcyclist, .parkedMotorcycle: 2.1
    case .adult, .child, .sittingPerson: 0.7
    }
  }
}
