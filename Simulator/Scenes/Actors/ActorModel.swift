import Randomness

/// The shape of an actor: it stands on z = 0 at the origin and faces along x.
struct ActorModel: Sendable {
  let kind: ActorKind
  let mesh: Mesh
  /// Length, width and height of its box, in metres; the box is centred on the origin and starts
  /// at the ground.
  let size: Vector

  /// An actor of a kind, different for every state of the random stream.
  static func make(_ kind: ActorKind, _ random: inout RandomStream) -> Self {
    var draft = ActorDraft(kind, random)
    switch kind {
    case .hatchback, .sedan, .estate, .suv, .van, .pickup: draft.addCar(kind)
    case .truck: draft.addTruck()
    case .bus: draft.addBus()
    case .tram: draft.addTram()
    case .trailer: draft.addTrailer()
    case .adult, .child: draft.addPedestrian(isChild: kind == .child)
    case .sittingPerson: draft.addSittingPerson()
    case .cyclist: draft.addCyclist()
    case .motorcyclist: draft.addMotorcyclist()
    case .parkedBicycle: draft.addParkedBicycle()
    case .parkedMotorcycle: draft.addParkedMotorcycle()
    }
    random = draft.random
    return draft.model(kind)
  }
}
