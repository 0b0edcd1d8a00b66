/// A place where side streets leave a street.
struct Junction: Sendable {
  /// Where their middle lines meet the street's kerb, in metres along the street.
  var along: Float
  /// Half the width of the side streets' carriageway, and the width of their pavements, in metres
  /// along the main street.
  var halfWidth: Float
  var pavement: Float
  /// On which sides they leave.
  var hasLeftArm: Bool
  var hasRightArm: Bool
  /// Whether it has traffic lights and stop lines.
  var hasLights: Bool
  /// Where a zebra crossing lies on the main street beside it, in metres along the street.
  var zebra: ClosedRange<Float>?

  /// Whether there is an arm on a side: 1 is left, -1 is right.
  func hasArm(_ side: Float) -> Bool {
    side > 0 ? hasLeftArm : hasRightArm
  }
}
