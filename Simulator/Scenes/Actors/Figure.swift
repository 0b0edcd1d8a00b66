import Randomness

/// The proportions of a person, in metres.
struct Figure {
  let height: Float
  /// Girth relative to the average of that height.
  let girth: Float
  let isFemale: Bool
  let isChild: Bool

  /// An adult, from KITTI's mean of 1.74 m with shoes and hair.
  static func adult(_ random: inout RandomStream) -> Self {
    let isFemale = random.chance(0.48)
    return Self(
      height: random.normal(isFemale ? 1.665 : 1.785, 0.065, within: 1.48...1.98),
      girth: random.normal(1.04, 0.1, within: 0.85...1.35), isFemale: isFemale, isChild: false)
  }

  /// A child between about three and eleven years.
  static func child(_ random: inout RandomStream) -> Self {
    Self(
      height: random.uniform(1.0...1.5), girth: random.normal(1, 0.08, within: 0.85...1.25),
      isFemale: random.chance(0.5), isChild: true)
  }

  // Lengths between joints: shares of the height (Drillis and Contini's, rounded); the heads of
  // children are bigger and their legs shorter.
  var thigh: Float { height * (isChild ? 0.23 : 0.245) }
  var shin: Float { height * (isChild ? 0.225 : 0.24) }
  var upperArm: Float { height * 0.175 }
  var forearm: Float { height * 0.15 }
  var spine: Float { height * (isChild ? 0.285 : 0.3) }
  /// From the sole to the ankle.
  var ankleHeight: Float { height * 0.042 }
  /// Half the head's height.
  var head: Float { isChild ? 0.045 * height + 0.05 : 0.066 * height }
  var hipHalfWidth: Float { height * 0.052 * (isFemale ? 1.05 : 1) }
  var shoulderHalfWidth: Float {
    height * (isFemale || isChild ? 0.102 : 0.111) * (0.6 + 0.4 * girth)
  }
}

/// An arm or a leg.
struct Limb {
  /// Shoulder or hip.
  var root: Vector
  /// Elbow or knee.
  var joint: Vector
  /// Wrist or ankle.
  var end: Vector

  /// A limb whose parts point where they are told.
  init(from root: Vector, upper: Vector, lower: Vector) {
    self.root = root
    joint = root + upper
    end = joint + lower
  }

  /// A limb that reaches for something; it bends towards a direction.
  init(from root: Vector, to target: Vector, lengths: (Float, Float), bending pole: Vector) {
    self.root = root
    let reach = target - root
    let distance = min(max(reach.length, 0.05), lengths.0 + lengths.1 - 0.002)
    let axis = reach.normalized
    let along =
      (lengths.0 * lengths.0 - lengths.1 * lengths.1 + distance * distance) / (2 * distance)
    let bend = max(0, lengths.0 * lengths.0 - along * along).squareRoot()
    joint = root + axis * along + (pole - axis * pole.dot(axis)).normalized * bend
    end = root + axis * distance
  }
}
