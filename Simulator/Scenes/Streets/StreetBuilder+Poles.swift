import Foundation
import Randomness

extension StreetBuilder {
  /// Adds lamp posts, signs, traffic lights and other masts beside the kerbs.
  mutating func addPoles() {
    for (index, side) in [Float(1), -1].enumerated() {
      var random = key.key(.furniture, index).stream
      addLampPosts(side: side, &random)
      addSigns(side: side, &random)
    }
    var random = key.key(.furniture, 2).stream
    addTrafficLights(&random)
  }

  /// Takes the ground of a mast beside the kerb; nothing where there is no room.
  mutating func spot(
    beside street: Street, at along: Float, across: Float, size: Float = 0.4, heading: Float = 0
  ) -> Placement? {
    let place = street.placement(along: along, across: across, heading: heading)
    guard egoDistance(place.origin) > size + 2,
      takeOffStreets(Footprint(place, length: size, width: size))
    else { return nil }
    return place
  }

  private mutating func addLampPosts(side: Float, _ random: inout RandomStream) {
    guard random.chance(0.75) else { return }
    let roadSide = plan.main.ground.side(side)
    let height = random.uniform(4...9)
    let radius = random.uniform(0.05...0.1)
    let hasArm = random.chance(0.6)
    let distance = roadSide.kerb + min(0.5, roadSide.pavement * 0.4)
    var along = plan.extent.lowerBound + random.uniform(0...30)
    while along < plan.extent.upperBound {
      if let place = spot(
        beside: plan.main, at: along, across: side * distance,
        heading: side > 0 ? -.pi / 2 : .pi / 2)
      {
        mesh.addBar(
          from: .zero, to: Vector(0, 0, height), radius: radius, endRadius: radius * 0.6, sides: 8,
          at: place, palette.metal)
        mesh.addBar(
          from: .zero, to: Vector(0, 0, 0.8), radius: radius * 1.5, sides: 8, at: place,
          palette.metal)
        if hasArm {
          mesh.addBar(
            from: Vector(0, 0, height), to: Vector(1.6, 0, height + 0.2), radius: 0.04, sides: 4,
            at: place, palette.metal)
        }
        mesh.addBox(
          x: hasArm ? 1.5...2.1 : -0.25...0.25, y: -0.13...0.13, z: height...height + 0.2,
          at: place,
          palette.metal)
      }
      along += random.uniform(22...38)
    }
  }

  private mutating func addSigns(side: Float, _ random: inout RandomStream) {
    let roadSide = plan.main.ground.side(side)
    let count = Int(
      random.exponential(mean: 7) * max(configuration.clutter, 0.4) * plan.stretch)
    for _ in 0..<count {
      let along = plan.moved(random.uniform(-60...90), &random)
      let distance = roadSide.kerb + random.uniform(0.25...0.6)
      // Plates face the traffic that drives on this side.
      let heading: Float = (side > 0 ? 0 : .pi) + random.normal(0, 0.12)
      guard
        let place = spot(beside: plan.main, at: along, across: side * distance, heading: heading)
      else { continue }
      addSign(at: place, &random)
    }
  }

  /// Adds a post with one or two plates that face forward.
  mutating func addSign(at place: Placement, _ random: inout RandomStream) {
    let height = random.uniform(2.2...3.2)
    mesh.addBar(
      from: .zero, to: Vector(0, 0, height), radius: random.uniform(0.03...0.045), sides: 6,
      at: place, palette.metal)
    var top = height
    for _ in 0..<(random.chance(0.3) ? 2 : 1) {
      let half = random.uniform(0.2...0.38)
      let corners = random.pick([3, 4, 4, 8, 10])
      addPlate(
        corners: corners, halfSize: half, at: place.moved(0.05, 0, top - half))
      top -= 2 * half + 0.05
    }
  }

  /// Adds a regular polygon that faces forward: its front sends light back, its back does not.
  private mutating func addPlate(corners: Int, halfSize: Float, at place: Placement) {
    let rim = (0..<corners).map { corner in
      // Squares stand on a side; the others have a corner on top.
      let angle = 2 * Float.pi * (Float(corner) / Float(corners) + (corners == 4 ? 0.125 : 0))
      return Vector(0, halfSize * sin(angle), halfSize * cos(angle))
    }
    for (depth, surface) in [(Float(0), palette.sign), (-0.015, palette.signBack)] {
      let shift = Vector(depth, 0, 0)
      for corner in 1..<corners - 1 {
        mesh.addTriangle(
          place.point(rim[0] + shift), place.point(rim[corner] + shift),
          place.point(rim[corner + 1] + shift), surface)
      }
    }
  }

  private mutating func addTrafficLights(_ random: inout RandomStream) {
    for junction in plan.main.ground.junctions where junction.hasLights {
      for side: Float in [1, -1] {
        for end: Float in [1, -1] {
          let roadSide = plan.main.ground.side(side)
          let along = junction.along + end * (junction.halfWidth + junction.pavement * 0.6)
          guard
            let place = spot(
              beside: plan.main, at: along, across: side * (roadSide.kerb + 0.5),
              heading: end > 0 ? 0 : .pi)
          else { continue }
          addTrafficLight(at: place, hasArm: random.chance(0.3), side: side * end)
        }
      }
    }
  }

  private mutating func addTrafficLight(at place: Placement, hasArm: Bool, side: Float) {
    let height: Float = hasArm ? 5.6 : 3.4
    mesh.addBar(
      from: .zero, to: Vector(0, 0, height), radius: hasArm ? 0.1 : 0.06, sides: 7, at: place,
      palette.metal)
    mesh.addBox(x: 0.05...0.3, y: -0.15...0.15, z: 2.3...3.2, at: place, palette.signBack)
    guard hasArm else { return }
    mesh.addBar(
      from: Vector(0, 0, height - 0.1), to: Vector(0, -4 * side, height), radius: 0.06, sides: 5,
      at: place, palette.metal)
    mesh.addBox(
      x: 0.05...0.3, y: -4 * side - 0.15...(-4 * side + 0.15), z: height - 0.9...height, at: place,
      palette.signBack)
  }
}
