import Foundation

/// A wheel of a vehicle with two tracks.
struct Wheel {
  /// Outer radius and width of the tyre, in metres.
  var radius: Float
  var width: Float
  /// The rim's radius as a fraction of the tyre's.
  var rimShare: Float
  /// Whether there are gaps between spokes, or a disc.
  var hasSpokes = false
  /// Corners of the tyre.
  var sides = 10
}

extension ActorDraft {
  /// Adds a wheel whose middle is at `hub` and whose axle runs along its left axis.
  ///
  /// `side` is 1 where the outer face is to the left, -1 where it is to the right; `gap` is what is
  /// seen between the spokes.
  mutating func add(
    _ wheel: Wheel, at hub: Placement, facing side: Float, rubber: SurfaceIndex,
    rim: SurfaceIndex, gap: SurfaceIndex
  ) {
    let half = wheel.width / 2
    // Over the tread to the rim, whose middle is a little inside.
    let rings: [(radius: Float, depth: Float)] = [
      (wheel.radius, -0.9 * half), (wheel.radius, 0.8 * half),
      (wheel.radius * wheel.rimShare, half),
    ]
    let outlines = rings.map { ring in
      (0..<wheel.sides).map { corner in
        let angle = 2 * Float.pi * (Float(corner) / Float(wheel.sides) - 0.25)
        return Vector(ring.radius * cos(angle), side * ring.depth, ring.radius * sin(angle))
      }
    }
    mesh.addLoft(through: outlines, isClosed: true, at: hub) { _, _ in rubber }
    let hubcap = Vector(0, side * (half - 0.03), 0)
    for (corner, edge) in outlines[2].enumerated() {
      let next = outlines[2][(corner + 1) % wheel.sides]
      mesh.addTriangle(
        hub.point(hubcap), hub.point(edge), hub.point(next),
        wheel.hasSpokes && corner % 2 == 1 ? gap : rim)
    }
    let inner = outlines[0]
    for corner in 1..<wheel.sides - 1 {
      mesh.addTriangle(
        hub.point(inner[0]), hub.point(inner[corner]), hub.point(inner[corner + 1]), gap)
    }
  }
}
