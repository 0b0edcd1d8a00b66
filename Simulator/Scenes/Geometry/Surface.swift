/// How a surface answers a laser pulse.
enum Material: UInt8, CaseIterable, Sendable {
  /// Rough and opaque: plaster, concrete, cloth, bark, rubber.
  case matte
  /// Car paint: gloss over a base, dark ones hardly answer.
  case paint
  /// A vehicle's glass: most pulses go through to what is behind it, at a loss.
  case glass
  /// A building's window: many pulses are lost in the room or mirrored away.
  case window
  /// Number plates, signs, lamps: send the pulse back to where it came from.
  case retroreflector
  /// Leaves, small and at every angle.
  case leaf
  /// A road's surface.
  case asphalt
  /// Grass and soil: rough in height as well as in brightness.
  case grass
  /// Wire mesh and railings: a share of the pulses goes through.
  case lattice
}

/// What a triangle is made of and what it belongs to.
struct Surface: Equatable, Sendable {
  var material: Material
  /// Fraction of the light that comes back from a surface seen head-on, from 0 to 1.
  var reflectivity: Float
  /// Class of SemanticKITTI's raw ids that it belongs to (10 car, 40 road, 50 building, ...).
  var semantic: UInt16
  /// One more than the index of the actor it belongs to; 0 for what belongs to the street.
  var actor: UInt16 = 0
  /// Fraction of the pulses that go through a lattice, from 0 to 1.
  var porosity: Float = 0.5

  init(
    _ material: Material, _ reflectivity: Float, semantic: UInt16, porosity: Float = 0.5
  ) {
    self.material = material
    self.reflectivity = reflectivity
    self.semantic = semantic
    self.porosity = porosity
  }
}

/// The number of a surface in its mesh.
typealias SurfaceIndex = UInt16

/// SemanticKITTI's raw class ids that the simulator gives.
enum RawClass {
  static let car: UInt16 = 10
  static let bicycle: UInt16 = 11
  static let bus: UInt16 = 13
  static let motorcycle: UInt16 = 15
  static let tram: UInt16 = 16
  static let truck: UInt16 = 18
  static let otherVehicle: UInt16 = 20
  static let person: UInt16 = 30
  static let bicyclist: UInt16 = 31
  static let motorcyclist: UInt16 = 32
  static let road: UInt16 = 40
  static let parking: UInt16 = 44
  static let sidewalk: UInt16 = 48
  static let otherGround: UInt16 = 49
  static let building: UInt16 = 50
  static let fence: UInt16 = 51
  static let otherStructure: UInt16 = 52
  static let laneMarking: UInt16 = 60
  static let vegetation: UInt16 = 70
  static let trunk: UInt16 = 71
  static let terrain: UInt16 = 72
  static let pole: UInt16 = 80
  static let trafficSign: UInt16 = 81
  static let otherObject: UInt16 = 99

  /// The id of a class for an actor that moves; what has none keeps its own.
  static func moving(_ semantic: UInt16) -> UInt16 {
    switch semantic {
    case car: 252
    case bicyclist: 253
    case person: 254
    case motorcyclist: 255
    case tram: 256
    case bus: 257
    case truck: 258
    case otherVehicle: 259
    default: semantic
    }
  }
}
