import Randomness

extension StreetBuilder {
  /// Seconds for which actors keep out of the ego vehicle's way.
  private var horizon: Double { max(2, plan.duration) }
  private static let step: Double = 0.25

  /// Puts an actor on the street where there is room for it and `margin` metres around it.
  ///
  /// - Returns: whether there was room.
  @discardableResult
  mutating func add(
    _ kind: ActorKind, on trajectory: Trajectory, margin: Float = 0.15,
    _ random: inout RandomStream
  ) -> Bool {
    var actorRandom = random.key.key(.actor, Int(random.next() >> 40)).stream
    let start = trajectory.placement(at: 0)
    guard occupancy.isFree(Footprint(start, length: 0.5, width: 0.4)) else { return false }
    let model = ActorModel.make(kind, &actorRandom)
    let size = SIMD2(model.size.x, model.size.y)
    var trajectory = trajectory
    if kind.restsOnWheels { trajectory.stance = size * SIMD2(0.6, 0.8) }
    let footprint = Footprint(start, length: size.x, width: size.y)
    guard occupancy.isFree(footprint.grown(by: margin)), !meetsEgo(trajectory, footprint)
    else { return false }
    occupancy.take(footprint)
    actors.append(Actor(model: model, trajectory: trajectory))
    return true
  }

  /// Notes where the ego vehicle keeps others out: its body and some room before and behind it.
  mutating func reserveEgoPath() {
    egoPath = stride(from: 0, through: horizon, by: Self.step).map {
      Footprint(ego.placement(at: $0), length: 10, width: 2.5)
    }
  }

  /// Whether something on a trajectory comes too near the ego vehicle.
  private func meetsEgo(_ trajectory: Trajectory, _ body: Footprint) -> Bool {
    guard let start = egoPath.first else { return false }
    var column = start
    column.half = SIMD2(repeating: 2)
    if column.overlaps(body) { return true }
    guard trajectory.isMoving else { return egoPath.contains { $0.overlaps(body) } }
    for (index, ego) in egoPath.enumerated() {
      let place = trajectory.placement(at: Double(index) * Self.step)
      let body = Footprint(place, length: 2 * body.half.x, width: 2 * body.half.y)
      if ego.overlaps(body) { return true }
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
