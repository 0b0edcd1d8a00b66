import Foundation
import Randomness

extension ActorDraft {
  /// Adds an excavator on tracks, its arm folded or stretched, from 2 to 8 tonnes.
  mutating func addExcavator(_ surfaces: HeavySurfaces) {
    let paint = matte(0.3...0.6)
    let scale = random.uniform(0.62...1)
    let turn = Placement(origin: .zero).turned(random.normal(0, 0.5, within: -1.6...1.6))
    for side: Float in [1, -1] { addTrack(side: side, scale: scale, surfaces) }
    mesh.addBox(
      x: -0.6 * scale...0.6 * scale, y: -0.5 * scale...0.5 * scale, z: 0.3 * scale...0.8 * scale,
      surfaces.chassis)
    func box(
      _ x: ClosedRange<Float>, _ y: ClosedRange<Float>, _ z: ClosedRange<Float>,
      _ surface: SurfaceIndex
    ) {
      func scaled(_ range: ClosedRange<Float>) -> ClosedRange<Float> {
        range.lowerBound * scale...range.upperBound * scale
      }
      mesh.addBox(x: scaled(x), y: scaled(y), z: scaled(z), at: turn, surface)
    }
    box(-1.3...1.0, -0.95...0.95, 0.8...1.15, paint)
    box(-1.4 ... -0.3, -0.95...0.95, 1.15...1.7, paint)
    // The cab: a frame, and glass a little inside of it.
    for x: Float in [-0.25, 0.9] {
      for y: Float in [0.1, 0.83] { box(x...x + 0.09, y...y + 0.09, 1.15...2.6, paint) }
    }
    box(-0.25...0.99, 0.1...0.92, 2.6...2.7, paint)
    box(-0.22...0.96, 0.13...0.89, 1.3...2.6, surfaces.glass)
    box(-0.05...0.1, 0.25...0.75, 1.15...2.1, surfaces.trim)
    addArm(scale: scale, at: turn, paint, surfaces)
  }

  /// Adds a track: a belt around two rollers.
  private mutating func addTrack(side: Float, scale: Float, _ surfaces: HeavySurfaces) {
    let (half, radius) = (1.3 * scale, 0.35 * scale)
    let outlines = [0.65, 1.05].map { place in
      (0..<10).map { corner -> Vector in
        // Five corners around each end.
        let angle = Float.pi * (Float(corner % 5) / 4 - 0.5) + (corner < 5 ? 0 : Float.pi)
        let end: Float = corner < 5 ? half - radius : radius - half
        return Vector(
          end + radius * cos(angle), side * Float(place) * scale, radius + radius * sin(angle))
      }
    }
    mesh.addLoft(through: outlines, isClosed: true) { _, _ in surfaces.rubber }
    for outline in outlines {
      for corner in 1..<outline.count - 1 {
        mesh.addTriangle(outline[0], outline[corner], outline[corner + 1], surfaces.chassis)
      }
    }
  }

  private mutating func addArm(
    scale: Float, at place: Placement, _ paint: SurfaceIndex, _ surfaces: HeavySurfaces
  ) {
    let lift = random.uniform(0.5...1.0)
    let fold = random.uniform(1.6...2.3)
    let foot = Vector(0.9, -0.3, 1.3)
    let elbow = foot + Vector(cos(lift), 0, sin(lift)) * 2.1
    let wrist = elbow + Vector(cos(lift - fold), 0, sin(lift - fold)) * 1.5
    let bucket = Vector(wrist.x - 0.1, wrist.y, max(wrist.z - 0.25, 0.35))
    let hydraulics = [
      (foot + Vector(0.2, 0.25, -0.1), foot + (elbow - foot) * 0.6, Float(0.06)),
      (foot + (elbow - foot) * 0.5 + Vector(0, 0, 0.25), elbow + Vector(-0.1, 0, 0.25), 0.05),
    ]
    for (start, end, radius) in [(foot, elbow, Float(0.17)), (elbow, wrist, 0.13)] + hydraulics {
      mesh.addBar(
        from: start * scale, to: end * scale, radius: radius * scale, sides: 4, at: place, paint)
    }
    mesh.addEllipsoid(
      centre: bucket * scale, halfAxes: Vector(0.35, 0.35, 0.33) * scale, sides: 6, rings: 4,
      at: place, surfaces.trim)
  }
}
