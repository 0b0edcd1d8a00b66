import Foundation

/// The middle line of a street: an arc of a circle, rising and falling like a parabola.
struct StreetAxis: Equatable, Sendable {
  /// Where the arc's parameter is 0, and its direction there, in radians.
  var origin = Vector.zero
  var heading: Float = 0
  /// One over the radius, in 1/m; positive to the left.
  var curvature: Float = 0
  /// Rise per metre at the origin, and its change per metre.
  var slope: Float = 0
  var slopeChange: Float = 0

  /// Direction at `along` metres from the origin, in radians.
  func heading(along: Float) -> Float {
    heading + curvature * along
  }

  /// Height of the middle line.
  func height(along: Float) -> Float {
    origin.z + slope * along + 0.5 * slopeChange * along * along
  }

  /// The point `across` metres to the left of the middle line, at its height plus `above`.
  func point(along: Float, across: Float, above: Float = 0) -> Vector {
    let direction = heading(along: along)
    // The chord of the arc: its length and direction are exact for any curvature.
    let half = 0.5 * curvature * along
    let chord = abs(half) < 1e-4 ? along : along * sin(half) / half
    let chordHeading = heading + half
    return Vector(
      origin.x + chord * cos(chordHeading) - across * sin(direction),
      origin.y + chord * sin(chordHeading) + across * cos(direction),
      height(along: along) + above)
  }
}
