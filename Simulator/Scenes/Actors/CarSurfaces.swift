import Randomness

/// What a car is made of.
struct CarSurfaces {
  let paint: SurfaceIndex
  let glass: SurfaceIndex
  /// The rear window's glass; sheet metal in some vans.
  let rearGlass: SurfaceIndex
  /// Unpainted plastic, outside and inside.
  let trim: SurfaceIndex
  let underbody: SurfaceIndex
  let rubber: SurfaceIndex
  let rim: SurfaceIndex
  let plate: SurfaceIndex
  let lamp: SurfaceIndex
  let seat: SurfaceIndex

  init(_ draft: inout ActorDraft, paintReflectivity: Float, hasRearWindow: Bool) {
    paint = draft.surface(.paint, paintReflectivity...paintReflectivity)
    glass = draft.surface(.glass, 0.08...0.12)
    rearGlass = hasRearWindow ? glass : paint
    trim = draft.matte(0.04...0.15)
    underbody = draft.matte(0.03...0.06)
    rubber = draft.matte(0.03...0.1)
    rim = draft.matte(0.1...0.6)
    plate = draft.surface(.retroreflector, 0.8...1)
    lamp = draft.surface(.retroreflector, 0.25...0.6)
    seat = draft.matte(0.05...0.3)
  }
}

extension RandomStream {
  /// Reflectivity of a car's paint at 905 nm: nearly half of the cars are darker there than they
  /// look (shares that give KITTI's half of zero intensities on cars).
  mutating func carPaintReflectivity() -> Float {
    uniform(
      pick([
        (0.006...0.03, weight: 0.38), (0.03...0.15, weight: 0.2), (0.35...0.95, weight: 0.42),
      ]))
  }

  /// Reflectivity of a van's paint at 905 nm: most are white or silver, as firms buy them.
  mutating func vanPaintReflectivity() -> Float {
    uniform(
      pick([
        (0.006...0.03, weight: 0.1), (0.03...0.15, weight: 0.12), (0.35...0.95, weight: 0.78),
      ]))
  }
}
