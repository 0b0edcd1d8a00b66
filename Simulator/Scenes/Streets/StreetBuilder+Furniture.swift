import Foundation
import Randomness

extension StreetBuilder {
  /// Adds street furniture, and people who sit on it.
  mutating func addFurniture() {
    var random = key.key(.furniture, 10).stream
    let mean: Float =
      switch plan.style {
      case .residential: 15
      case .city: 26
      case .arterial: 9
      case .campus: 15
      }
    let count = Int(random.uniform(0.4...1.6) * mean * configuration.clutter * plan.stretch)
    let kinds = Furniture.allCases.map { ($0, weight: $0.weight(plan.style)) }
    for _ in 0..<count {
      let kind = random.pick(kinds)
      let along = plan.moved(random.exponential(mean: 26) * random.sign(), &random)
      place(kind, at: along, side: random.sign(), random.pick(kind.sites), &random)
    }
  }

  /// Puts a piece where there is room, facing the street.
  private mutating func place(
    _ kind: Furniture, at along: Float, side: Float, _ site: Furniture.Site,
    _ random: inout RandomStream
  ) {
    let road = plan.main.ground.side(side)
    let depth = kind.size.y
    var distance: Float
    switch site {
    case .kerb:
      distance = road.kerb + 0.35 + depth / 2
    case .front:
      distance = max(road.kerb + 0.3, road.frontageStart - 0.1) - depth / 2
    case .land:
      distance = road.frontageStart + 0.5 + depth / 2 + random.exponential(mean: 5)
    }
    guard kind != .scaffold || road.frontage < 1.5,
      site == .land || distance + depth / 2 < road.frontageStart + 0.05,
      !plan.main.ground.hasDriveway(along: along, across: side * distance)
    else { return }
    let isTurned = site == .land && random.chance(0.5)
    distance += random.normal(0, 0.04)
    let trajectory = Trajectory(
      street: plan.main, along: along, across: side * distance,
      heading: (side > 0 ? 0 : .pi)
        + (isTurned ? random.uniform(-3.1...3.1) : random.normal(0, 0.04)))
    add(kind, on: trajectory, &random)
  }

  /// Puts a piece where there is room; its front is on the right of the trajectory's heading.
  private mutating func add(
    _ kind: Furniture, on trajectory: Trajectory, _ random: inout RandomStream
  ) {
    let place = trajectory.placement(at: 0)
    let footprint = Footprint(place, length: kind.size.x, width: kind.size.y)
    guard egoDistance(place.origin) > footprint.radius + 2, corridors.isFree(footprint),
      occupancy.isFree(footprint)
    else { return }
    let body = surface(.matte, 0.08...0.6, kind.semantic, &random)
    // People and bicycles come first: they take ground that the piece itself would deny them.
    addUsers(of: kind, on: trajectory, &random)
    occupancy.take(footprint)
    if kind.isLarge {
      addLarge(kind, at: place, body, &random)
    } else {
      addSmall(kind, at: place, body, &random)
    }
  }

  /// Adds people on benches and chairs and in shelters, and bicycles in racks.
  private mutating func addUsers(
    of kind: Furniture, on trajectory: Trajectory, _ random: inout RandomStream
  ) {
    let sitters = min(1, 0.3 * configuration.people * min(plan.bustle, 2))
    switch kind {
    case .bench:
      for seat: Float in [-0.5, 0.45] where random.chance(sitters) {
        addUser(.sittingPerson, of: trajectory, x: seat, y: -0.15, turn: -.pi / 2, &random)
      }
    case .cafeTable:
      for seat: Float in [-0.72, 0.72] where random.chance(sitters * 2) {
        addUser(.sittingPerson, of: trajectory, x: seat, y: 0, turn: seat > 0 ? .pi : 0, &random)
      }
    case .shelter:
      for spot: Float in [-1.3, -0.2, 1] where random.chance(sitters * 2) {
        addUser(
          .adult, of: trajectory, x: spot, y: -0.2, turn: -.pi / 2 + random.normal(0, 0.5), &random)
      }
    case .bicycleRack:
      let share = random.uniform(0.1...0.9)
      for slot in 0..<5 where random.chance(share) {
        addUser(
          .parkedBicycle, of: trajectory, x: Float(slot) * 0.8 - 1.6, y: random.normal(0, 0.06),
          turn: random.sign() * .pi / 2 + random.normal(0, 0.06), &random)
      }
    default: break
    }
  }

  /// Puts an actor at a place in a piece's own frame.
  private mutating func addUser(
    _ kind: ActorKind, of piece: Trajectory, x: Float, y: Float, turn: Float,
    _ random: inout RandomStream
  ) {
    let (sine, cosine) = (sin(piece.heading), cos(piece.heading))
    var trajectory = piece
    trajectory.along += x * cosine - y * sine
    trajectory.across += x * sine + y * cosine
    trajectory.heading += turn
    add(kind, on: trajectory, margin: 0.01, &random)
  }
}
