import Foundation

/// The ground around a street: its height above the middle line and what it is made of.
///
/// A place is given as metres along the street's middle line and metres to the left of it.
struct Ground: Sendable {
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
    let pavement = side.verge + side.pavement
    if beyond < pavement { lift = lowered(lift, atDrivewaysOf: side, foot: foot) }
    let fall = 0.02 * min(beyond, pavement) * min(1, beyond)
    let isLevel = courtyard(foot: foot, across: distance * sign) != nil
    return carriagewayHeight(side, side.kerb) + side.kerbHeight * lift + fall
      + landHeight(side, SIMD2(foot, distance), free: free, isLevel: isLevel)
  }

  /// The kerb's share of its height where driveways cross it: they leave a low step.
  private func lowered(_ lift: Float, atDrivewaysOf side: RoadSide, foot: Float) -> Float {
    let step: Float = 0.15
    guard lift > step else { return lift }
    return side.driveways.reduce(lift) { lift, driveway in
      let inside = abs(foot - driveway) - RoadSide.drivewayHalfWidth
      return min(lift, step + max(inside, 0) / RoadSide.drivewayRamp)
    }
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

  /// The courtyard at a place, where there is one.
  func courtyard(foot: Float, across: Float) -> Courtyard? {
    courtyards.first {
      $0.side * across > 0 && $0.along.contains(foot) && $0.distance.contains(abs(across))
    }
  }
}
