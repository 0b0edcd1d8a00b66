/// A position or direction: x, y, z in metres.
typealias Vector = SIMD3<Float>

extension SIMD3<Float> {
  static let up = Vector(0, 0, 1)

  @inline(__always)
  func dot(_ other: Self) -> Float {
    x * other.x + y * other.y + z * other.z
  }

  @inline(__always)
  func cross(_ other: Self) -> Self {
    Self(
      y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
  }

  @inline(__always)
  var length: Float { dot(self).squareRoot() }

  /// The vector of length 1 in this direction; the zero vector stays what it is.
  @inline(__always)
  var normalized: Self {
    let length = length
    return length > 0 ? self * (1 / length) : self
  }
}
