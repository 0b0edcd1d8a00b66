import Randomness

extension ActorDraft {
  /// Adds one of SemanticKITTI's other vehicles: a caravan, a car's trailer, or an excavator.
  mutating func addTrailer() {
    let surfaces = HeavySurfaces(&self)
    let roll = random.uniform()
    if roll < 0.4 {
      addCaravan(surfaces)
    } else if roll < 0.75 {
      addCarTrailer(surfaces)
    } else {
      addExcavator(surfaces)
    }
  }

  private mutating func addCaravan(_ surfaces: HeavySurfaces) {
    let wall = matte(0.35...0.7)
    let length = random.normal(4.6, 0.6, within: 3.4...6)
    let (width, height) = (random.uniform(2.0...2.35), random.uniform(2.45...2.65))
    let half = length / 2
    let slope = random.uniform(0.15...0.4)
    let windows = [half - 0.7, half - 1.6, -half + 1.5, -half + 0.6].sorted(by: >)
    let shell = Shell(
      plan: Shell.plan(length: length, width: width, nose: 0.12, tail: 0.12, places: windows),
      levels: [
        .init(height: 0.4, widthShare: 0.96, setback: (0.1, 0.15)), .init(height: 0.75),
        .init(height: 1.2), .init(height: 1.85, setback: (0.45 * slope, 0.1)),
        .init(height: 2.25, setback: (slope, 0.15)),
        .init(height: height - 0.05, widthShare: 0.9, setback: (1.6 * slope, 0.3)),
      ])
    add(shell, roof: wall, floor: surfaces.chassis) { panel in
      let x = panel.middle.x
      let isSideWindow = x > windows[1] && x < windows[0] || x > windows[3] && x < windows[2]
      let isFrontWindow = abs(x) > half - 0.1 && abs(panel.middle.y) < 0.4 * width
      return panel.row == 2 && (isSideWindow || isFrontWindow) ? surfaces.glass : wall
    }
    mesh.addBox(
      x: -half + 0.3...half - 0.4, y: -0.4 * width...0.4 * width, z: 0.45...1.0, surfaces.trim)
    let wheel = Wheel(radius: 0.32, width: 0.19, rimShare: 0.62)
    addAxle(x: random.uniform(-0.4...0.1), track: width + 0.01, wheel: wheel, surfaces)
    addDrawbar(from: half - 0.2, length: 1.2, surfaces)
    addReflectors(x: -half - 0.01, halfWidth: width / 2, height: 0.62, surfaces)
  }

  /// Adds a shaft in the form of a V, with the little wheel that it stands on.
  private mutating func addDrawbar(from x: Float, length: Float, _ surfaces: HeavySurfaces) {
    let tip = Vector(x + length, 0, 0.42)
    for side: Float in [1, -1] {
      mesh.addBar(
        from: Vector(x, side * 0.5, 0.42), to: tip, radius: 0.04, sides: 4, surfaces.trim)
    }
    mesh.addBar(
      from: tip - Vector(0.2, 0, 0.3), to: tip + Vector(-0.2, 0, 0.3), radius: 0.03, sides: 4,
      surfaces.trim)
    mesh.addBar(
      from: Vector(tip.x - 0.2, -0.03, 0.1), to: Vector(tip.x - 0.2, 0.03, 0.1), radius: 0.1,
      sides: 8, surfaces.rubber)
  }

  private mutating func addCarTrailer(_ surfaces: HeavySurfaces) {
    let length = random.normal(2.6, 0.5, within: 1.8...4.2)
    let (width, floor) = (random.uniform(1.25...1.75), random.uniform(0.45...0.6))
    let (half, side) = (length / 2, width / 2)
    let wall = random.chance(0.5) ? surfaces.paint : matte(0.2...0.6)
    if random.chance(0.45) {
      // Closed, or covered by a tarpaulin.
      mesh.addBox(
        x: -half...half, y: -side...side, z: floor...floor + random.uniform(0.5...1.6), wall)
    } else {
      let top = floor + random.uniform(0.3...0.45)
      mesh.addBox(x: -half...half, y: -side...side, z: floor...floor + 0.06, wall)
      for y in [side - 0.03, -side] {
        mesh.addBox(x: -half...half, y: y...y + 0.03, z: floor...top, wall)
      }
      for x in [half - 0.03, -half] {
        mesh.addBox(x: x...x + 0.03, y: -side...side, z: floor...top, wall)
      }
    }
    let wheel = Wheel(radius: random.uniform(0.24...0.32), width: 0.16, rimShare: 0.6)
    for side: Float in [1, -1] {
      let y = side * (width / 2 + 0.11)
      mesh.addBox(x: -0.4...0.4, y: y - 0.1...y + 0.1, z: 0.64...0.68, surfaces.trim)
    }
    addAxle(x: 0, track: width + 0.38, wheel: wheel, surfaces)
    addDrawbar(from: half - 0.1, length: random.uniform(0.9...1.3), surfaces)
    addReflectors(x: -half - 0.01, halfWidth: side, height: floor + 0.06, surfaces)
  }
}
