import Foundation

/// Where something stands and where it faces: a right-handed frame of forward, left and up.
struct Placement: Equatable, Sendable {
  var origin: Vector
  var forward = Vector(1, 0, 0)
  var left = Vector(0, 1, 0)
  var up = Vector(0, 0, 1)

  /// The frame that the others are given in.
  static let world = Self(origin: .zero)

  init(origin: Vector, heading: Float = 0) {
    self.origin = origin
    let (sine, cosine) = (sin(heading), cos(heading))
    forward = Vector(cosine, sine, 0)
    left = Vector(-sine, cosine, 0)
  }

  /// The angle of `forward` to the left of the x axis, in radians.
  var heading: Float { atan2(forward.y, forward.x) }

  /// A point given in this frame, in the frame around it.
  @inline(__always)
  func point(_ x: Float, _ y: Float, _ z: Float) -> Vector {
    origin + forward * x + left * y + up * z
  }

  /// A point given in this frame, in the frame around it.
  @inline(__always)
  func point(_ local: Vector) -> Vector {
    point(local.x, local.y, local.z)
  }

  /// A direction given in this frame, in the frame around it.
  @inline(__always)
  func direction(_ local: Vector) -> Vector {
    forward * local.x + left * local.y + up * local.z
  }

  /// A point of the frame around, in this frame.
  @inline(__always)
  func local(_ point: Vector) -> Vector {
    let offset = point - origin
    return Vector(offset.dot(forward), offset.dot(left), offset.dot(up))
  }

  /// A frame given in this one, in the frame around it.
  func placement(_ local: Placement) -> Self {
    var result = self
    result.origin = point(local.origin)
    result.forward = direction(local.forward)
    result.left = direction(local.left)
    result.up = direction(local.up)
    return result
  }

  /// The frame moved by a distance in its own directions.
  func moved(_ x: Float, _ y: Float, _ z: Float = 0) -> Self {
    var result = self
    result.origin = point(x, y, z)
    return result
  }

  /// The frame turned to the left about its own up axis, in radians.
  func turned(_ angle: Float) -> Self {
    let (sine, cosine) = (sin(angle), cos(angle))
    var result = self
    result.forward = forward * cosine + left * sine
    result.left = left * cosine - forward * sine
    return result
  }

  /// The frame tipped: nose down by `pitch` about its left axis, then left side up by `roll` about
  /// its forward axis, in radians.
  func tipped(pitch: Float, roll: Float) -> Self {
    var result = self
    let (sinePitch, cosinePitch) = (sin(pitch), cos(pitch))
    result.forward = forward * cosinePitch - up * sinePitch
    let up = self.up * cosinePitch + forward * sinePitch
    let (sineRoll, cosineRoll) = (sin(roll), cos(roll))
    result.left = left * cosineRoll + up * sineRoll
    result.up = up * cosineRoll - left * sineRoll
    return result
  }
}
