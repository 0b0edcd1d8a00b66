extension ActorDraft {
  /// Adds a city bus: about 11 x 2.55 x 3.1 m, its doors on the right.
  mutating func addBus() {
    let surfaces = HeavySurfaces(&self)
    let length = random.normal(11, 0.9, within: 8.5...12.5)
    let width = random.uniform(2.48...2.55)
    let height = random.uniform(2.95...3.2)
    let (front, half) = (length / 2, width / 2)
    let axles = [front - 2.6, -front + 3.1]
    let arches = axles.map { $0 - 0.62...$0 + 0.62 }
    let doors = [front - 1.75...front - 0.5, -0.65...0.65]
    let windows = windowPlaces(from: front - 0.55, to: -front + 0.3, pitch: 1.45)
    let steps = arches.flatMap { [$0.lowerBound, $0.upperBound] }
    let shell = Shell(
      plan: Shell.plan(
        length: length, width: width, nose: 0.25, tail: 0.08,
        places: windows + steps + steps.map { $0 + ($0 < 0 ? 0.01 : -0.01) }),
      levels: [
        .init(height: 0.28, widthShare: 0.985), .init(height: random.uniform(0.95...1.15)),
        .init(height: 2.3, setback: (0.1, 0)), .init(height: height - 0.25, setback: (0.14, 0)),
        .init(height: height - 0.07, widthShare: 0.93, setback: (0.2, 0.06)),
      ],
      arches: (arches, 1.02))
    let sign = random.chance(0.5) ? surfaces.trim : surfaces.paint
    add(shell, roof: surfaces.paint, floor: surfaces.chassis) { panel in
      let x = panel.middle.x
      let isDoor = !panel.isLeft && doors.contains { $0.contains(x) }
      let isFront = x > front - 0.4
      switch panel.row {
      case 0: return isDoor ? surfaces.glass : surfaces.paint
      case 1:
        let isPillar = !isFront && windows.contains { abs($0 - x) < 0.08 }
        return isPillar ? surfaces.paint : surfaces.glass
      case 2: return isFront ? sign : surfaces.paint
      default: return surfaces.paint
      }
    }
    let wheel = Wheel(radius: 0.48, width: 0.3, rimShare: 0.56, sides: 12)
    for x in axles { addAxle(x: x, track: width - 0.06, wheel: wheel, surfaces) }
    addReflectors(x: -front - 0.01, halfWidth: half, height: 0.7, surfaces)
    addReflectors(x: front + 0.01, halfWidth: half, height: 0.5, surfaces)
    addSeatRows(from: front - 2.2, to: -front + 0.8, halfWidth: half, floor: 0.5, surfaces)
    mesh.addBox(
      x: -front + 1...random.uniform(-1...1), y: -0.7...0.7, z: height - 0.1...height + 0.12,
      surfaces.trim)
    for side: Float in [1, -1] {
      mesh.addBar(
        from: Vector(front - 0.1, side * (half - 0.2), height - 0.35),
        to: Vector(front + 0.12, side * (half + 0.04), height - 0.7), radius: 0.09, sides: 4,
        surfaces.trim)
    }
  }

  /// The edges of windows and of the pillars between them.
  func windowPlaces(from start: Float, to end: Float, pitch: Float) -> [Float] {
    let count = max(1, Int((start - end) / pitch))
    let step = (start - end) / Float(count)
    return (0...count).flatMap { index -> [Float] in
      let pillar = start - Float(index) * step
      return [pillar + 0.05, pillar - 0.05]
    }
  }

  /// Adds seats on both sides of a gangway, and people on some of them.
  mutating func addSeatRows(
    from start: Float, to end: Float, halfWidth: Float, floor: Float, _ surfaces: HeavySurfaces
  ) {
    for x in stride(from: start, to: end, by: -0.95) {
      for side: Float in [1, -1] where random.chance(0.85) {
        let y = side * (halfWidth - 0.6)
        mesh.addBox(
          x: x - 0.1...x, y: y - 0.42...y + 0.42, z: floor...floor + 1.1, surfaces.trim)
      }
      if random.chance(0.2) {
        addUpperBody(at: Vector(x + 0.15, random.sign() * (halfWidth - 0.45), floor + 0.45))
      }
    }
  }
}
