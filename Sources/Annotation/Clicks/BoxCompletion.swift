import Foundation

/// Turns the rectangle around what was seen of an object into the box around the object.
///
/// A sensor sees the sides that face it. A side whose both ends were seen, and which faces the sensor
/// well enough, is as long as it looks; any other extent is at least the usual one of the class, or
/// what is known of this object, and grows away from what was seen: behind what hides an end, or
/// else away from the sensor.
struct BoxCompletion {
  let size: ObjectSize
  /// What is known of the object's length and width from elsewhere.
  let known: SIMD2<Double>?
  /// The sine of the least angle between the line of sight and a side that counts as seen.
  private static let leastSine = 0.25
  /// How far the length may be from the usual one for a side to count as seen whole.
  private static let leastShare = 0.8

  /// One of the two directions of a rectangle.
  struct Side {
    var range: ClosedRange<Double>
    /// Where the sensor is along it.
    var sensor: Double
    /// Whether the sensor looks at it steeply enough.
    var isFaced: Bool
    /// Whether something nearer hides what may go on beyond its least and its greatest coordinate.
    var isHidden: (low: Bool, high: Bool)

    /// Whether it may go on.
    var isCut: Bool { isHidden.low || isHidden.high }

    /// Whether its extent is the object's own.
    func isWhole(usual: Double) -> Bool {
      isFaced && !isHidden.low && !isHidden.high
        && range.length >= BoxCompletion.leastShare * usual
    }

    /// The range at least `extent` long.
    func completed(to extent: Double) -> ClosedRange<Double> {
      let missing = extent - range.length
      guard missing > 0 else { return range }
      let (low, high) = (range.lowerBound, range.upperBound)
      if isHidden.low != isHidden.high {
        return isHidden.low ? low - missing...high : low...high + missing
      }
      if isHidden.low || (low < sensor && sensor < high) {
        return low - missing / 2...high + missing / 2
      }
      return sensor <= low ? low...high + missing : low - missing...high
    }
  }

  /// Whether the first side is the length; `firstFollowsSight` says whether it lies rather along the
  /// line of sight than across.
  func isFirstLength(_ first: Side, _ second: Side, firstFollowsSight: Bool) -> Bool {
    let (a, b) = (first.range.length, second.range.length)
    if max(a, b) > size.large.y || size.usual.x < 1.3 * size.usual.y { return a >= b }
    // Neither is longer than the object may be wide. Seen from behind or from the front it shows its
    // width across the line of sight, and of its length, along it, less than there is.
    let isLongAlongSight = (a >= b) == firstFollowsSight
    let across = firstFollowsSight ? second : first
    let looksWide = across.range.length > 0.7 * size.usual.y
    if isLongAlongSight || looksWide { return firstFollowsSight }
    return a >= b
  }

  /// The length and width of the box, as ranges along the two sides.
  func completed(
    _ first: Side, _ second: Side, firstIsLength: Bool
  ) -> (first: ClosedRange<Double>, second: ClosedRange<Double>, isGuessed: (Bool, Bool)) {
    let usual = known ?? SIMD2(size.usual.x, size.usual.y)
    let (u, v) = firstIsLength ? (usual.x, usual.y) : (usual.y, usual.x)
    let isKnown = known != nil
    let firstTarget = !isKnown && first.isWhole(usual: u) ? 0 : u
    let secondTarget = !isKnown && second.isWhole(usual: v) ? 0 : v
    return (
      first.completed(to: firstTarget), second.completed(to: secondTarget),
      (first.range.length < firstTarget, second.range.length < secondTarget)
    )
  }

  /// A side that the sensor, `along` and `across` it, sees.
  static func side(
    _ range: ClosedRange<Double>, sensorAlong: Double, sensorAcross: Double,
    across: ClosedRange<Double>, isHidden: (low: Bool, high: Bool)
  ) -> Side {
    // From the middle of the nearer long edge.
    let toMiddle = sensorAlong - (range.lowerBound + range.upperBound) / 2
    let edge = sensorAcross < across.lowerBound ? across.lowerBound : across.upperBound
    let beside = across.contains(sensorAcross) ? 0 : abs(sensorAcross - edge)
    let sine = beside / max((toMiddle * toMiddle + beside * beside).squareRoot(), 1e-9)
    return Side(
      range: range, sensor: sensorAlong, isFaced: sine > leastSine, isHidden: isHidden)
  }
}
