import Foundation
import Randomness

/// Where a person's joints are: x forward, z up, the pelvis above the origin.
struct Pose {
  var pelvis: Vector
  /// The spine's upper end, between the shoulders.
  var neck: Vector
  /// The middle of the head.
  var head: Vector
  /// Left, then right.
  var legs: [Limb]
  var arms: [Limb]
  /// How far the feet point down, in radians; left, then right.
  var footPitch: [Float] = [0, 0]

  /// The spine's direction.
  var upright: Vector { (neck - pelvis).normalized }

  /// A trunk that leans forward by an angle; the limbs hang down.
  init(_ figure: Figure, pelvis: Vector, lean: Float, nod: Float = 0) {
    self.pelvis = pelvis
    let spine = Vector(sin(lean), 0, cos(lean))
    neck = pelvis + spine * figure.spine
    let gaze = lean * 0.35 + nod
    head = neck + Vector(sin(gaze), 0, cos(gaze)) * (figure.head * 1.42) + Vector(0.02, 0, 0)
    legs = [1, -1].map { side in
      Limb(
        from: pelvis + Vector(0, side * figure.hipHalfWidth, -0.02),
        upper: Vector(0, 0, -figure.thigh), lower: Vector(0, 0, -figure.shin))
    }
    let neck = neck
    arms = [1, -1].map { side in
      Limb(
        from: neck + Vector(0, side * figure.shoulderHalfWidth, 0) - spine * 0.05,
        upper: Vector(0, 0, -figure.upperArm), lower: Vector(0, 0, -figure.forearm))
    }
  }

  /// The height of the pelvis of somebody who stands.
  private static func standingHeight(_ figure: Figure) -> Float {
    figure.thigh + figure.shin + 0.06
  }

  /// A step at a moment of the gait.
  ///
  /// `phase` is 0 where the left leg passes the right one; a quarter turn later it is foremost.
  /// `swing` is the greatest angle of a thigh from the vertical, in radians.
  static func walking(
    _ figure: Figure, phase: Float, swing: Float, _ random: inout RandomStream
  ) -> Self {
    var pose = Self(
      figure, pelvis: Vector(0, 0, standingHeight(figure)), lean: random.normal(0.06, 0.04))
    let armSwing = swing * random.uniform(0.5...1)
    let elbow = random.uniform(0.15...0.7)
    let spread = random.uniform(0.16...0.38)
    for (index, side) in [Float(1), -1].enumerated() {
      let thigh = side * swing * sin(phase) + 0.06
      // The knee bends while the leg swings forward.
      let bend = 0.08 + 0.85 * swing / 0.45 * max(0, side * cos(phase))
      let shin = thigh - bend
      pose.legs[index] = Limb(
        from: pose.legs[index].root,
        upper: Vector(sin(thigh), 0.02 * side, -cos(thigh)) * figure.thigh,
        lower: Vector(sin(shin), -0.01 * side, -cos(shin)) * figure.shin)
      pose.footPitch[index] = shin < 0 ? -0.6 * shin : -0.5 * shin
      let arm = -side * armSwing * sin(phase)
      pose.arms[index] = pose.swungArm(index, figure, angle: arm, elbow: elbow, spread: spread)
    }
    return pose
  }

  /// An arm that hangs, swings and is held off the body.
  private func swungArm(
    _ index: Int, _ figure: Figure, angle: Float, elbow: Float, spread: Float
  ) -> Limb {
    let side: Float = index == 0 ? 1 : -1
    let lower = angle + elbow
    return Limb(
      from: arms[index].root,
      upper: Vector(sin(angle), side * sin(spread), -cos(angle) * cos(spread)) * figure.upperArm,
      lower: Vector(sin(lower), side * 0.4 * sin(spread), -cos(lower)) * figure.forearm)
  }

  /// Somebody who stands: feet apart, hands anywhere.
  static func standing(_ figure: Figure, _ random: inout RandomStream) -> Self {
    var pose = Self(
      figure, pelvis: Vector(0, 0, standingHeight(figure)), lean: random.normal(0.02, 0.04),
      nod: random.uniform(-0.1...0.3))
    for (index, side) in [Float(1), -1].enumerated() {
      let (open, ahead) = (random.uniform(0...0.12), random.normal(0, 0.06))
      pose.legs[index] = Limb(
        from: pose.legs[index].root,
        upper: Vector(ahead + 0.03, side * open, -1).normalized * figure.thigh,
        lower: Vector(ahead - 0.03, side * open, -1).normalized * figure.shin)
      let angle = random.uniform(-0.15...0.3)
      // Now and then a hand is raised to a telephone, a mouth, a strap.
      let elbow = random.chance(0.3) ? random.uniform(1...2.2) : random.uniform(0.1...0.6)
      pose.arms[index] = pose.swungArm(
        index, figure, angle: angle, elbow: elbow, spread: random.uniform(0.12...0.45))
    }
    return pose
  }

  /// Somebody who sits upright or reclined on a seat of a height in metres.
  static func sitting(_ figure: Figure, seat: Float, _ random: inout RandomStream) -> Self {
    var pose = Self(
      figure, pelvis: Vector(0, 0, seat + 0.09), lean: random.normal(-0.02, 0.16),
      nod: random.uniform(0...0.3))
    let (open, ahead) = (random.uniform(0.02...0.15), random.uniform(-0.22...0.07))
    for (index, side) in [Float(1), -1].enumerated() {
      let hip = pose.legs[index].root
      // The soles are on the ground, the hands near the thighs.
      let ankle = Vector(
        hip.x + 0.95 * figure.thigh + ahead + random.normal(0, 0.04), hip.y + side * open,
        figure.ankleHeight)
      pose.legs[index] = Limb(
        from: hip, to: ankle, lengths: (figure.thigh, figure.shin),
        bending: Vector(0.3, side * 0.1, 1))
      let reach = Vector(
        random.uniform(0.12...0.36), side * random.uniform(-0.04...0.12),
        random.uniform(0.09...0.17))
      let hand = hip + reach
      pose.arms[index] = Limb(
        from: pose.arms[index].root, to: hand, lengths: (figure.upperArm, figure.forearm),
        bending: Vector(-0.5, side * 0.45, -0.7))
    }
    return pose
  }

  /// Hands at something before the body, such as a pram's handle.
  mutating func reach(_ figure: Figure, left: Vector, right: Vector) {
    for (index, target) in [left, right].enumerated() {
      arms[index] = Limb(
        from: arms[index].root, to: target, lengths: (figure.upperArm, figure.forearm),
        bending: Vector(-0.3, index == 0 ? 0.5 : -0.5, -0.8))
    }
  }
}
