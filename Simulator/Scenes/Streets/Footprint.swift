import Foundation

/// A rectangle on the ground, seen from above.
struct Footprint: Sendable {
  var centre: SIMD2<Float>
  /// Direction of its length, of length 1.
  var direction: SIMD2<Float>
  /// Half its length and half its width, in metres.
  var half: SIMD2<Float>

  /// The ground that a thing of a size covers around a place.
  init(_ place: Placement, length: Float, width: Float) {
    centre = SIMD2(place.origin.x, place.origin.y)
    let flat = SIMD2(place.forward.x, place.forward.y)
    direction = flat / max((flat * flat).sum().squareRoot(), 1e-6)
    half = SIMD2(length / 2, width / 2)
  }

  /// The footprint with a margin on all sides, in metres; negative makes it smaller.
  func grown(by margin: Float) -> Self {
    var result = self
    result.half = pointwiseMax(half + margin, SIMD2(repeating: 0.02))
    return result
  }

  /// Radius of the circle around it.
  var radius: Float { (half * half).sum().squareRoot() }

  private var normal: SIMD2<Float> { SIMD2(-direction.y, direction.x) }

  /// Whether two rectangles share ground (separating axes).
  func overlaps(_ other: Self) -> Bool {
    let offset = other.centre - centre
    let reach = radius + other.radius
    guard (offset * offset).sum() < reach * reach else { return false }
    return !isSeparated(from: other, offset) && !other.isSeparated(from: self, offset)
  }

  /// Whether one of this rectangle's own directions separates it from another.
  private func isSeparated(from other: Self, _ offset: SIMD2<Float>) -> Bool {
    let cosine = abs((direction * other.direction).sum())
    let sine = abs((normal * other.direction).sum())
    let alongReach = half.x + other.half.x * cosine + other.half.y * sine
    let acrossReach = half.y + other.half.x * sine + other.half.y * cosine
    return abs((offset * direction).sum()) > alongReach
      || abs((offset * normal).sum()) > acrossReach
  }
}
