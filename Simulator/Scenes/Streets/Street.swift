import Foundation

/// A street: its middle line and the ground around it.
///
/// A side street shares the ground of the street that it leaves. It runs outwards: `along` counts
/// from the main street's middle line, and `across` to the left of that direction.
struct Street: Sendable {
  /// The middle line of the main street.
  var axis = StreetAxis()
  /// The ground around the main street.
  var ground = Ground()
  /// Where a side street leaves the main street; nothing for the main street itself.
  var branch: Branch?

  /// Where and how a side street leaves the main street.
  struct Branch: Sendable {
    /// Where its middle line meets the main street's kerb, in metres along the main street.
    var along: Float
    /// On which side it leaves: 1 is left, -1 is right.
    var side: Float
    /// Half the width of its carriageway, and the width of its pavements, in metres.
    var halfWidth: Float
    var pavement: Float
  }

  /// A place of this street in the main street's coordinates.
  @inline(__always)
  func mainCoordinates(along: Float, across: Float) -> (along: Float, across: Float) {
    guard let branch else { return (along, across) }
    let side = ground.side(branch.side)
    let stretch = (1 + side.shear * side.shear).squareRoot()
    let main = branch.along + side.shear * (along - side.kerb) - branch.side * across * stretch
    return (main, branch.side * along)
  }

  /// Height of the ground above the main street's middle line.
  func relief(along: Float, across: Float) -> Float {
    let place = mainCoordinates(along: along, across: across)
    return ground.relief(along: place.along, across: place.across)
  }

  /// The point on the ground, or `above` metres above it.
  func point(along: Float, across: Float, above: Float = 0) -> Vector {
    let place = mainCoordinates(along: along, across: across)
    return axis.point(
      along: place.along, across: place.across,
      above: above + ground.relief(along: place.along, across: place.across))
  }

  /// The direction of the street at a place, in radians.
  func heading(along: Float, across: Float = 0) -> Float {
    let place = mainCoordinates(along: along, across: across)
    let heading = axis.heading(along: place.along)
    guard let branch else { return heading }
    let lean = ground.side(branch.side).shear * (1 - axis.curvature * place.across)
    return heading + branch.side * atan2(1, lean)
  }

  /// A place on the ground, upright, facing along the street and turned to the left by `heading`.
  func placement(along: Float, across: Float, heading: Float = 0) -> Placement {
    Placement(
      origin: point(along: along, across: across),
      heading: self.heading(along: along, across: across) + heading)
  }

  /// A place on the ground, tipped the way the ground is below a footprint of a size.
  func restingPlacement(
    along: Float, across: Float, heading: Float = 0, length: Float, width: Float
  ) -> Placement {
    var place = placement(along: along, across: across, heading: heading)
    let (sine, cosine) = (sin(heading), cos(heading))
    func height(_ forward: Float, _ left: Float) -> Float {
      point(
        along: along + forward * cosine - left * sine,
        across: across + forward * sine + left * cosine
      ).z
    }
    let (front, back) = (height(length / 2, 0), height(-length / 2, 0))
    let (left, right) = (height(0, width / 2), height(0, -width / 2))
    place.origin.z = (front + back + left + right) / 4
    return place.tipped(pitch: atan2(back - front, length), roll: atan2(left - right, width))
  }
}
