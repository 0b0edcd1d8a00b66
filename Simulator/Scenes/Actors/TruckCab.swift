import Randomness

extension ActorDraft {
  /// Adds the cab of a lorry, with what is behind its windows.
  mutating func addTruckCab(_ shape: TruckShape, _ surfaces: HeavySurfaces) {
    let (half, front) = (shape.cabLength / 2, shape.front)
    let belt = random.uniform(1.5...1.65)
    let door = -half + random.uniform(0.35...0.65)
    // The windscreen ends where the front's curve does; the windows begin behind a post.
    let (screenEdge, windowEdge) = (half - 0.24, half - 0.45)
    let shell = Shell(
      plan: Shell.plan(
        length: shape.cabLength, width: shape.width - 0.04, nose: 0.14, tail: 0.02,
        places: [half - 0.42, half - 0.5, door]),
      levels: [
        .init(height: 0.35, widthShare: 0.97), .init(height: 0.95), .init(height: belt),
        .init(height: random.uniform(2.3...2.42), widthShare: 0.96, setback: (0.13, 0)),
        .init(height: shape.cabHeight - 0.06, widthShare: 0.9, setback: (0.32, 0.03)),
      ],
      arches: ([-half + 0.15...windowEdge], 1.0))
    let place = Placement(origin: Vector(front - half, 0, 0))
    add(shell, at: place, roof: surfaces.paint, floor: surfaces.chassis) { panel in
      let x = panel.middle.x
      switch panel.row {
      case 0: return x > screenEdge ? surfaces.trim : surfaces.paint
      case 2:
        let isWindow = x > screenEdge || x > door && x < windowEdge
        return isWindow ? surfaces.glass : surfaces.paint
      default: return surfaces.paint
      }
    }
    addCabFittings(shape, belt: belt, surfaces)
  }

  /// Adds mirrors, seats, dashboard, and at times the driver.
  private mutating func addCabFittings(
    _ shape: TruckShape, belt: Float, _ surfaces: HeavySurfaces
  ) {
    let (front, half) = (shape.front, shape.width / 2 - 0.02)
    let back = front - shape.cabLength
    for side: Float in [1, -1] {
      let (inner, outer) = (side * (half - 0.02), side * (half + 0.09))
      mesh.addBox(
        x: front - 0.3...front - 0.2, y: min(inner, outer)...max(inner, outer), z: 1.75...2.3,
        surfaces.trim)
      mesh.addBox(
        x: back + 0.25...back + 0.4, y: side * 0.62 - 0.26...side * 0.62 + 0.26, z: 1.2...2.1,
        surfaces.trim)
    }
    mesh.addBox(
      x: front - 0.75...front - 0.35, y: -half + 0.1...half - 0.1, z: 1.1...belt - 0.03,
      surfaces.trim)
    if random.chance(0.6) {
      addOccupant(at: Vector(back + 0.5, 0.62, 1.35))
    }
  }
}
