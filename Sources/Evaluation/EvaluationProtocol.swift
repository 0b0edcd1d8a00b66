import PointClouds

/// Which points are scored.
///
/// In each, a point is scored only if its truth is known. A point that the network never saw (shadowed,
/// above or below its image) is scored with the label that was written for it.
public enum EvaluationProtocol: String, CaseIterable, Codable, Sendable {
  /// Points from 45 degrees right to 45 degrees left of straight ahead, at most 80 m away.
  case kittiFront = "kitti-front"
  /// All points of the sweep.
  case sweep360 = "sweep-360"

  /// Points this far away, in metres, are the last that `kittiFront` scores.
  static let frontRange = 80.0

  /// Lower limits, in metres, of the ranges that results are also told by; each ends before the next
  /// starts, but 80 m itself belongs to the range before it.
  static let rangeLimits = [0.0, 10, 20, 40, 80]

  /// Whether a point with these coordinates, in metres, is scored if its truth is known.
  ///
  /// In `kittiFront`, a point with a coordinate that is not finite is not.
  func includes(x: Float, y: Float, range: Double) -> Bool {
    switch self {
    // |azimuth| <= 45 degrees; comparisons with NaN fail.
    case .kittiFront: x >= abs(y) && range <= Self.frontRange
    case .sweep360: true
    }
  }

  /// Whether cells that look in this azimuth, in degrees, are counted where pixels are.
  func includes(azimuth: Double) -> Bool {
    switch self {
    case .kittiFront: abs(azimuth - 360 * (azimuth / 360).rounded()) <= 45
    case .sweep360: true
    }
  }

  /// How many ranges results of this protocol are told by.
  var rangeCount: Int { Self.rangeLimits.count - (self == .kittiFront ? 1 : 0) }

  /// The position among the ranges of a distance in metres, or nothing where it is not a number.
  static func rangePosition(_ range: Double) -> Int? {
    guard range >= 0 else { return nil }
    if range <= frontRange {
      return min(rangeLimits.lastIndex { $0 <= range } ?? 0, rangeLimits.count - 2)
    }
    return rangeLimits.count - 1
  }
}
