import Foundation
import Randomness

extension ActorDraft {
  /// Adds what is behind a car's windows: seats, dashboard, steering wheel, and at times a driver.
  mutating func addCabin(_ shape: CarShape, _ curves: CarCurves, _ surfaces: CarSurfaces) {
    let belt = shape.beltFront
    let dashboard = shape.cowl - 0.5
    let half = 0.8 * curves.halfWidth(shape.cowl)
    mesh.addBox(
      x: dashboard...shape.cowl - 0.02, y: -half...half, z: belt - 0.28...belt - 0.02,
      surfaces.trim)
    let cabin = dashboard - shape.rearBase
    let seatBack = dashboard - max(0.75, min(0.3 * cabin, 0.95))
    let top = min(belt + 0.27, shape.height - 0.2)
    let place = 0.23 * shape.width
    for side: Float in [1, -1] {
      addSeat(x: seatBack, y: side * place, halfWidth: 0.24, top: top, surfaces.seat)
    }
    addSteeringWheel(at: Vector(dashboard - 0.12, place, belt - 0.03), surfaces.trim)
    if shape.pillars[1].isGlazedBehind, seatBack - 1.15 > shape.rearBase {
      let x = max(seatBack - random.uniform(0.8...0.95), shape.rearBase + 0.35)
      mesh.addBox(
        x: x - 0.22...x, y: -1.3 * half / 1.4...1.3 * half / 1.4, z: 0.5...top - 0.07, surfaces.seat
      )
    } else if !shape.pillars[1].isGlazedBehind {
      // The wall between cab and load.
      mesh.addBox(
        x: seatBack - 0.3...seatBack - 0.27, y: -half...half, z: 0.5...shape.height - 0.15,
        surfaces.trim)
    }
    if random.chance(0.35) {
      addOccupant(
        at: Vector(seatBack + 0.12, place, 0.4), rise: min(top + 0.05, shape.height - 0.22) - 0.4)
    }
  }

  /// Adds a front seat's back and its headrest.
  private mutating func addSeat(
    x: Float, y: Float, halfWidth: Float, top: Float, _ surface: SurfaceIndex
  ) {
    let recline = Placement(origin: Vector(x, y, 0.5)).tipped(pitch: -0.25, roll: 0)
    let height = (top - 0.5) / 0.97
    mesh.addBox(
      x: -0.18...0, y: -halfWidth...halfWidth, z: 0...height - 0.17, at: recline, surface)
    mesh.addBox(
      x: -0.14 ... -0.03, y: -0.13...0.13, z: height - 0.14...height, at: recline, surface)
  }

  /// Adds a ring that faces the driver, and the column it sits on.
  private mutating func addSteeringWheel(at middle: Vector, _ surface: SurfaceIndex) {
    let place = Placement(origin: middle).tipped(pitch: -0.45, roll: 0)
    let (inner, outer): (Float, Float) = (0.155, 0.19)
    let outlines = [inner, outer].map { radius in
      (0..<6).map { corner in
        let angle = 2 * Float.pi * Float(corner) / 6
        return Vector(0, radius * cos(angle), radius * sin(angle))
      }
    }
    mesh.addLoft(through: outlines, isClosed: true, at: place) { _, _ in surface }
    mesh.addTube(
      through: [middle, middle + Vector(0.25, 0, -0.1)], radii: [0.04, 0.05], sides: 3
    ) { _ in surface }
  }
}
