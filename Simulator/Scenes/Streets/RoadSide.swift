/// What lies on one side of a street's middle line.
///
/// From there outwards: carriageway, parking lane, kerb, verge, pavement, front gardens, land. Widths
/// and distances in metres.
struct RoadSide: Sendable {
  /// What covers a piece of land.
  enum Cover: Sendable {
    case grass
    case paving
    case gravel
  }

  /// The width of one traffic lane, and how many there are.
  var laneWidth: Float = 3
  var laneCount = 1
  var parking = Parking.none
  /// Height of the pavement above the gutter.
  var kerbHeight: Float = 0.1
  /// Grass between kerb and pavement; 0 where there is none.
  var verge: Float = 0
  var pavement: Float = 2
  /// From the pavement to the fronts of the buildings.
  var frontage: Float = 4
  var frontageCover = Cover.grass
  var landCover = Cover.grass
  /// Rise of the land per metre away from the street, and the height of the hill far off.
  var slope: Float = 0
  var hill: Float = 0
  /// Height of tussocks and furrows.
  var roughness: Float = 0.04
  /// How far side streets lean: metres along this street per metre away from it.
  var shear: Float = 0
  /// Where the kerb is lowered for driveways: middles along the street.
  var driveways: [Float] = []

  static let drivewayHalfWidth: Float = 1.7
  /// Length of the slope from a lowered kerb to a high one.
  static let drivewayRamp: Float = 0.4
  /// Horizontal depth of a kerb's face.
  static let kerbDepth: Float = 0.03

  /// Width of the lane or bays where cars are parked.
  var parkingWidth: Float { parking.width }

  /// Where the moving traffic's lanes end.
  var lanesEnd: Float { laneWidth * Float(laneCount) }
  /// Where the kerb stands.
  var kerb: Float { lanesEnd + parkingWidth }
  var pavementStart: Float { kerb + verge }
  var frontageStart: Float { pavementStart + pavement }
  /// Where the fronts of the buildings stand.
  var buildingLine: Float { frontageStart + frontage }

  /// Whether a driveway crosses the pavement at a place along the street.
  func hasDriveway(at along: Float) -> Bool {
    driveways.contains { abs($0 - along) < Self.drivewayHalfWidth }
  }
}
