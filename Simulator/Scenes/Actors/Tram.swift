extension ActorDraft {
  /// Adds a tram: one car, or two with bellows between.
  ///
  /// KITTI's boxes are 12.5 x 2.53 x 3.63 m on average, as much as was in sight.
  mutating func addTram() {
    let surfaces = HeavySurfaces(&self)
    let width = random.uniform(2.4...2.6)
    let height = random.uniform(3.3...3.45)
    let isDouble = random.chance(0.3)
    let length = isDouble ? random.uniform(7.5...9) : random.uniform(9.2...12)
    let middles = isDouble ? [length / 2 + 0.3, -length / 2 - 0.3] : [0]
    let floor = random.uniform(0.3...0.45)
    for middle in middles {
      // A car ends in a cab where no other follows.
      let ends = (front: !isDouble || middle > 0, rear: !isDouble || middle < 0)
      addTramCar(
        at: middle, size: Vector(length, width, height), ends: ends, floor: floor, surfaces)
    }
    if isDouble {
      mesh.addBox(
        x: -0.35...0.35, y: -width / 2 + 0.12...width / 2 - 0.12, z: 0.35...height - 0.15,
        surfaces.trim)
    }
    addPantograph(x: random.uniform(-1...1), roof: height, surfaces)
  }

  private mutating func addTramCar(
    at middle: Float, size: Vector, ends: (front: Bool, rear: Bool), floor: Float,
    _ surfaces: HeavySurfaces
  ) {
    let (length, width, height) = (size.x, size.y, size.z)
    let half = length / 2
    let windows = windowPlaces(from: half - 1.1, to: -half + 1.1, pitch: 1.6)
    let doorIndex = Int(half / 1.6)
    let rake = (ends.front ? 0.55 : Float(0), ends.rear ? 0.55 : Float(0))
    let shell = Shell(
      plan: Shell.plan(
        length: length, width: width, nose: ends.front ? 0.45 : 0.03,
        tail: ends.rear ? 0.45 : 0.03, places: windows),
      levels: [
        .init(height: floor - 0.15, widthShare: 0.95, setback: (0.12 * rake.0, 0.12 * rake.1)),
        .init(height: 1.0), .init(height: 2.4, setback: (0.7 * rake.0, 0.7 * rake.1)),
        .init(height: height - 0.3, setback: rake),
        .init(height: height - 0.06, widthShare: 0.9, setback: rake),
      ])
    let place = Placement(origin: Vector(middle, 0, 0))
    add(shell, at: place, roof: surfaces.paint, floor: surfaces.chassis) { panel in
      let x = panel.middle.x
      let isDoor = windows.indices.contains { index in
        index % 2 == 1 && (index / 2) % max(doorIndex, 1) == 1 && index + 1 < windows.count
          && x < windows[index] && x > windows[index + 1]
      }
      let isEnd = abs(x) > half - 0.6
      let isBlind = isEnd && !(x > 0 ? ends.front : ends.rear)
      switch panel.row {
      case 0: return isDoor ? surfaces.glass : surfaces.paint
      case 1:
        let isPillar = windows.contains { abs($0 - x) < 0.08 }
        return isPillar || isBlind ? surfaces.paint : surfaces.glass
      default: return surfaces.paint
      }
    }
    for x in [half - 2.2, -half + 2.2] {
      mesh.addBox(
        x: middle + x - 1...middle + x + 1, y: -width / 2 + 0.2...width / 2 - 0.2, z: 0...floor,
        surfaces.chassis)
    }
    addSeatRows(
      from: middle + half - 1.6, to: middle - half + 1.5, halfWidth: width / 2, floor: floor,
      surfaces)
    mesh.addBox(
      x: middle - 0.3 * length...middle + 0.2 * length, y: -0.8...0.8, z: height...height + 0.3,
      surfaces.trim)
    for (isCab, x) in [(ends.front, half + 0.01), (ends.rear, -half - 0.01)] where isCab {
      addReflectors(x: middle + x, halfWidth: 0.45 * width, height: 0.75, surfaces)
    }
  }

  /// Adds a current collector, mostly folded: two bars up to a bow across.
  private mutating func addPantograph(x: Float, roof: Float, _ surfaces: HeavySurfaces) {
    let top = roof + random.uniform(0.32...0.45)
    for side: Float in [1, -1] {
      mesh.addBar(
        from: Vector(x - 0.9, side * 0.5, roof), to: Vector(x + 0.3, side * 0.35, top),
        radius: 0.03, sides: 4, surfaces.trim)
    }
    mesh.addBar(
      from: Vector(x + 0.3, -0.8, top), to: Vector(x + 0.3, 0.8, top), radius: 0.035, sides: 4,
      surfaces.trim)
  }
}
