import Foundation

/// The ground around a street: its height above the middle line and what it is made of.
///
/// A place is given as metres along the street's middle line and metres to the left of it.
struct Ground: Sendable {
  /// What a piece of ground is used as.
  enum Zone: Sendable {
    case carriageway, parking, kerb, verge, pavement, driveway, frontage, land
  }

  var left = RoadSide()
  var right = RoadSide()
  var junctions: [Junction] = []
  var courtyards: [Courtyard] = []
  /// Fall of the carriageway per metre away from its middle.
  var crown: Float = 0.02
  /// Phases of the land's waves.
  var phases = SIMD4<Float>(0, 1, 2, 3)

  /// A level piece of land with a use of its own.
  struct Courtyard: Sendable {
    /// What a courtyard is used as.
    enum Use: Sendable {
      case carPark, gravel, tracks
    }
    var use: Use
    /// The side of the street, and its extent in the ground's coordinates.
    var side: Float
    var along: ClosedRange<Float>
    var distance: ClosedRange<Float>
  }

  func side(_ across: Float) -> RoadSide {
    across >= 0 ? left : right
  }

  /// Place along the street where the line that leans like the side streets starts at the kerb.
  func foot(along: Float, across: Float) -> Float {
    across >= 0
      ? along - left.shear * max(across - left.kerb, 0)
      : along - right.shear * max(-across - right.kerb, 0)
  }

  /// Height of the ground above the middle line.
  func relief(along: Float, across: Float) -> Float {
    across >= 0
      ? relief(left, along: along, distance: across, sign: 1)
      : relief(right, along: along, distance: -across, sign: -1)
  }

  private func relief(_ side: RoadSide, along: Float, distance: Float, sign: Float) -> Float {
    let beyond = distance - side.kerb
    guard beyond > 0 else { return carriagewayHeight(side, distance) }
    let foot = along - side.shear * beyond
    var lift = min(1, beyond / RoadSide.kerbDepth)
    var free = distance - side.frontageStart
    for junction in junctions where junction.hasArm(sign) {
      let inside = abs(foot - junction.along) - junction.halfWidth
      lift = min(lift, max(inside, 0) / RoadSide.kerbDepth)
      free = min(free, inside - junction.pavement)
    }
    if beyond < side.verge + side.pavement {
      for driveway in side.driveways where lift > 0.15 {
        let inside = abs(foot - driveway) - RoadSide.drivewayHalfWidth
        lift = max(0.15 * min(lift, 1), min(lift, 0.15 + max(inside, 0) / 0.4))
      }
    }
    return carriagewayHeight(side, side.kerb) + side.kerbHeight * lift + 0.02
      * min(beyond, side.verge + side.pavement) * min(1, beyond)
      + landHeight(
        side, SIMD2(foot, distance), free: free,
        isLevel: courtyard(
          foot: foot, across: distance * sign) != nil)
  }

  /// Height of the carriageway: it falls away from the middle and dips into the gutter.
  private func carriagewayHeight(_ side: RoadSide, _ distance: Float) -> Float {
    -crown * distance - 0.04 * max(0, distance - side.kerb + 0.35)
  }

  /// Height of the land above the pavement's outer edge, at a foot along the street and a distance
  /// from its middle line; `free` is the distance from the nearest pavement.
  private func landHeight(
    _ side: RoadSide, _ place: SIMD2<Float>, free: Float, isLevel: Bool
  ) -> Float {
    let (along, distance) = (place.x, place.y - side.frontageStart)
    guard distance > 0 else { return 0 }
    let rise = side.slope * distance / (1 + distance / 45)
    let part = min(max((distance - 25) / 70, 0), 1)
    let hill = side.hill * part * part * (3 - 2 * part)
    guard free > 0, !isLevel else { return rise + hill }
    let wave =
      sin(along * 0.9 + phases.x) * sin(distance * 0.7 + phases.y)
      + 0.8 * sin(along * 2.3 + phases.z + distance * 1.7)
      + part * 12 * sin(along * 0.05 + phases.w) * sin(distance * 0.06 + phases.x)
    return rise + hill + side.roughness * min(1, free / 2) * wave
  }

  /// What the ground is used as at a place whose foot along the street is known.
  func zone(foot: Float, across: Float) -> Zone {
    let sign: Float = across >= 0 ? 1 : -1
    let side = side(across)
    let distance = abs(across)
    if distance < side.lanesEnd { return .carriageway }
    var junctionZone: Zone?
    for junction in junctions where junction.hasArm(sign) {
      let inside = abs(foot - junction.along) - junction.halfWidth
      if inside < 0 { return .carriageway }
      if distance > side.kerb, inside < RoadSide.kerbDepth { junctionZone = .kerb }
      if distance > side.frontageStart, inside < junction.pavement {
        junctionZone = junctionZone ?? .pavement
      }
      if distance < side.kerb, inside < 5 { junctionZone = .carriageway }
    }
    if let junctionZone { return junctionZone }
    return zone(side, sign: sign, foot: foot, distance: distance)
  }

  private func zone(_ side: RoadSide, sign: Float, foot: Float, distance: Float) -> Zone {
    if distance < side.kerb { return side.parking == .halfOnPavement ? .carriageway : .parking }
    if distance < side.kerb + RoadSide.kerbDepth { return .kerb }
    let isDriveway = side.hasDriveway(at: foot)
    if distance < side.pavementStart { return isDriveway ? .driveway : .verge }
    if distance < side.frontageStart { return .pavement }
    if distance < side.buildingLine { return isDriveway ? .driveway : .frontage }
    return .land
  }

  /// The courtyard at a place, where there is one.
  func courtyard(foot: Float, across: Float) -> Courtyard? {
    courtyards.first {
      $0.side * across > 0 && $0.along.contains(foot) && $0.distance.contains(abs(across))
    }
  }
}
