/// A convex polygon in the plane; its corners run counter-clockwise.
struct ConvexPolygon: Equatable {
  var corners: [SIMD2<Double>]

  /// The area by the shoelace formula.
  var area: Double {
    guard corners.count > 2 else { return 0 }
    let twice = corners.indices.reduce(0.0) { sum, index in
      sum + Self.cross(corners[index], corners[(index + 1) % corners.count])
    }
    return twice / 2
  }

  /// What two polygons share (Sutherland and Hodgman's clipping).
  func intersection(_ other: ConvexPolygon) -> ConvexPolygon {
    var rest = corners
    for (index, start) in other.corners.enumerated() {
      let edge = other.corners[(index + 1) % other.corners.count] - start
      rest = Self.clipped(rest) { Self.cross(edge, $0 - start) }
    }
    return ConvexPolygon(corners: rest)
  }

  /// The part of a polygon where `side`, which is linear, is not below 0.
  private static func clipped(
    _ corners: [SIMD2<Double>], _ side: (SIMD2<Double>) -> Double
  ) -> [SIMD2<Double>] {
    var rest: [SIMD2<Double>] = []
    for (index, corner) in corners.enumerated() {
      let next = corners[(index + 1) % corners.count]
      let (here, there) = (side(corner), side(next))
      if here >= 0 { rest.append(corner) }
      if (here > 0 && there < 0) || (here < 0 && there > 0) {
        rest.append(corner + (next - corner) * (here / (here - there)))
      }
    }
    return rest
  }

  private static func cross(_ one: SIMD2<Double>, _ other: SIMD2<Double>) -> Double {
    one.x * other.y - one.y * other.x
  }
}
