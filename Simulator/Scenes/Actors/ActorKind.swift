/// What takes part in traffic.
enum ActorKind: String, CaseIterable, Codable, Sendable {
  case hatchback
  case sedan
  case estate
  case suv
  case van
  case pickup
  case truck
  case bus
  case tram
  /// Caravans, trailers, excavators: SemanticKITTI's "other vehicle".
  case trailer
  /// Walking or standing, with a bag or a pram or nothing.
  case adult
  case child
  case sittingPerson
  case cyclist
  case motorcyclist
  case parkedBicycle
  case parkedMotorcycle

  /// SemanticKITTI's raw id of it at rest.
  var semantic: UInt16 {
    switch self {
    case .hatchback, .sedan, .estate, .suv, .van, .pickup: RawClass.car
    case .truck: RawClass.truck
    case .bus: RawClass.bus
    case .tram: RawClass.tram
    case .trailer: RawClass.otherVehicle
    case .adult, .child, .sittingPerson: RawClass.person
    case .cyclist: RawClass.bicyclist
    case .motorcyclist: RawClass.motorcyclist
    case .parkedBicycle: RawClass.bicycle
    case .parkedMotorcycle: RawClass.motorcycle
    }
  }

  /// KITTI's name of its box; what KITTI has no name for is Misc.
  var kittiName: String {
    switch self {
    case .hatchback, .sedan, .estate, .suv, .pickup: "Car"
    case .van: "Van"
    case .truck: "Truck"
    case .tram: "Tram"
    case .adult, .child: "Pedestrian"
    case .sittingPerson: "Person_sitting"
    case .cyclist: "Cyclist"
    case .bus, .trailer, .motorcyclist, .parkedBicycle, .parkedMotorcycle: "Misc"
    }
  }
}
