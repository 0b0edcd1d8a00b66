/// A way along a street at a constant speed.
struct Trajectory: Sendable {
  var street: Street
  /// Metres along the street when the clock is at 0.
  var along: Float
  /// Metres to the left of the middle line.
  var across: Float
  /// Direction relative to the street's, in radians.
  var heading: Float = 0
  /// Metres per second along the street; negative against its direction.
  var speed: Float = 0
  /// Metres per second to the left of the street's direction.
  var acrossSpeed: Float = 0
  /// Length and width of what stands on the ground and is tipped by it, in metres; nothing for what
  /// stays upright.
  var stance: SIMD2<Float>?

  var isMoving: Bool { speed != 0 || acrossSpeed != 0 }

  /// Where it is at a time in seconds.
  func placement(at time: Double) -> Placement {
    let along = along + speed * Float(time)
    let across = across + acrossSpeed * Float(time)
    guard let stance else {
      return street.placement(along: along, across: across, heading: heading)
    }
    return street.restingPlacement(
      along: along, across: across, heading: heading, length: stance.x, width: stance.y)
  }
}
