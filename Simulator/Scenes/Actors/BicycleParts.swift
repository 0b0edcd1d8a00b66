import Foundation
import Randomness

extension ActorDraft {
  /// Adds reflectors, and at times mudguards, a carrier with a load, a basket.
  mutating func addAccessories(_ bicycle: Bicycle, at place: Placement, _ frame: SurfaceIndex) {
    let (rearHub, radius) = (bicycle.rearHub, bicycle.wheelRadius + 0.02)
    if random.chance(0.55) {
      for hub in [rearHub, bicycle.frontHub] {
        mesh.addMudguard(
          around: hub, radius: radius, from: 0.5, to: 2.7, halfWidth: 0.025, at: place, frame)
      }
    }
    let hasCarrier = random.chance(0.6)
    if hasCarrier { addCarrier(bicycle, at: place, frame) }
    if random.chance(0.15) {
      let basket = surface(.lattice, 0.1...0.4)
      let x = bicycle.headset.x + 0.12
      mesh.addBox(
        x: x...x + 0.26, y: -0.17...0.17, z: bicycle.grips.z - 0.22...bicycle.grips.z + 0.02,
        at: place, basket)
    }
    // At the carrier's end or under the saddle, and at the fork's crown.
    let rear =
      hasCarrier
      ? Vector(rearHub.x - 0.22, 0, 2 * bicycle.wheelRadius)
      : bicycle.saddle - Vector(0.06, 0, 0.14)
    let reflector = surface(.retroreflector, 0.4...0.8)
    for foot in [rear, bicycle.headset + Vector(0.05, 0, 0)] {
      mesh.addQuad(
        place.point(foot + Vector(0, -0.03, 0)), place.point(foot + Vector(0, 0.03, 0)),
        place.point(foot + Vector(0, 0.03, 0.06)), place.point(foot + Vector(0, -0.03, 0.06)),
        reflector)
    }
  }

  private mutating func addCarrier(
    _ bicycle: Bicycle, at place: Placement, _ frame: SurfaceIndex
  ) {
    let (x, z) = (bicycle.rearHub.x, 2 * bicycle.wheelRadius + 0.05)
    mesh.addBox(x: x - 0.2...x + 0.2, y: -0.06...0.06, z: z...z + 0.02, at: place, frame)
    for side: Float in [1, -1] {
      let aside = Vector(0, side * 0.06, 0)
      mesh.addTube(
        through: [bicycle.rearHub + aside, Vector(x - 0.1, 0, z) + aside], radii: [0.008, 0.008],
        sides: 3, at: place
      ) { _ in frame }
    }
    guard random.chance(0.35) else { return }
    // A crate on top, or bags at both sides.
    let load = matte(0.05...0.4)
    let half = random.uniform(0.1...0.19)
    let foot = half > 0.15 ? z - 0.28 : z + 0.02
    mesh.addBox(x: x - 0.18...x + 0.16, y: -half...half, z: foot...z + 0.2, at: place, load)
  }
}

extension Mesh {
  /// Adds a strip over a wheel, between two angles from the forward direction, in radians.
  mutating func addMudguard(
    around hub: Vector, radius: Float, from start: Float, to end: Float, halfWidth: Float,
    at place: Placement, _ surface: SurfaceIndex
  ) {
    let outlines = (0...5).map { step in
      let angle = start + (end - start) * Float(step) / 5
      let middle = hub + Vector(radius * cos(angle), 0, radius * sin(angle))
      return [middle + Vector(0, halfWidth, 0), middle - Vector(0, halfWidth, 0)]
    }
    addLoft(through: outlines, at: place) { _, _ in surface }
  }
}
