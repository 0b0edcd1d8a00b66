/// A street: its middle line and the shape of the ground across it.
struct Street: Sendable {
  var axis = StreetAxis()

  /// Height of the ground above the middle line.
  func relief(along: Float, across: Float) -> Float {
    0
  }

  /// A place on the ground, facing along the street and turned to the left by `heading`.
  func placement(along: Float, across: Float, heading: Float = 0) -> Placement {
    Placement(
      origin: axis.point(
        along: along, across: across, above: relief(along: along, across: across)),
      heading: axis.heading(along: along) + heading)
  }
}
