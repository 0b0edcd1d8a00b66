import Randomness

/// One car of a tram, in metres: x forward from its middle.
private struct TramCar {
  let length: Float
  let width: Float
  let height: Float
  let floor: Float
  /// Whether its ends are cabs; another car follows where they are not.
  let hasCab: (front: Bool, rear: Bool)
  /// Where its middle is in the tram.
  let middle: Float

  var half: Float { length / 2 }
  var windows: [Float] { Shell.windowEdges(from: half - 1.1, to: -half + 1.1, pitch: 1.6) }

  /// Whether a place of the side is in a door: every third pane is one.
  func isDoor(_ x: Float) -> Bool {
    let edges = windows
    return stride(from: 1, to: edges.count - 1, by: 6).contains { index in
      x < edges[index] && x > edges[index + 1]
    }
  }

  var shell: Shell {
    let rake: (Float, Float) = (hasCab.front ? 0.55 : 0, hasCab.rear ? 0.55 : 0)
    return Shell(
      plan: Shell.plan(
        length: length, width: width, nose: hasCab.front ? 0.45 : 0.03,
        tail: hasCab.rear ? 0.45 : 0.03, places: windows),
      levels: [
        .init(height: floor - 0.15, widthShare: 0.95, setback: (0.12 * rake.0, 0.12 * rake.1)),
        .init(height: 1.0), .init(height: 2.4, setback: (0.7 * rake.0, 0.7 * rake.1)),
        .init(height: height - 0.3, setback: rake),
        .init(height: height - 0.06, widthShare: 0.9, setback: rake),
      ])
  }
}

extension ActorDraft {
  /// Adds a tram: one car, or two with bellows between.
  ///
  /// KITTI's boxes are 12.5 x 2.53 x 3.63 m on average, as much as was in sight.
  mutating func addTram() {
    let surfaces = HeavySurfaces(&self)
    let (width, height) = (random.uniform(2.4...2.6), random.uniform(3.1...3.3))
    let isDouble = random.chance(0.3)
    let length = isDouble ? random.uniform(7.5...9) : random.uniform(9.2...12)
    let floor = random.uniform(0.3...0.45)
    for middle in isDouble ? [length / 2 + 0.3, -length / 2 - 0.3] : [0] {
      let car = TramCar(
        length: length, width: width, height: height, floor: floor,
        hasCab: (!isDouble || middle > 0, !isDouble || middle < 0), middle: middle)
      addTramCar(car, surfaces)
    }
    if isDouble {
      mesh.addBox(
        x: -0.35...0.35, y: -width / 2 + 0.12...width / 2 - 0.12, z: 0.35...height - 0.15,
        surfaces.trim)
    }
    addPantograph(x: random.uniform(-1...1), roof: height, surfaces)
  }

  private mutating func addTramCar(_ car: TramCar, _ surfaces: HeavySurfaces) {
    let place = Placement(origin: Vector(car.middle, 0, 0))
    let windows = car.windows
    add(car.shell, at: place, roof: surfaces.paint, floor: surfaces.chassis) { panel in
      let x = panel.middle.x
      switch panel.row {
      case 0: return car.isDoor(x) ? surfaces.glass : surfaces.paint
      case 1:
        let isPillar = windows.contains { abs($0 - x) < 0.08 }
        let hasNoCab = abs(x) > car.half - 0.6 && !(x > 0 ? car.hasCab.front : car.hasCab.rear)
        return isPillar || hasNoCab ? surfaces.paint : surfaces.glass
      default: return surfaces.paint
      }
    }
    addTramFittings(car, surfaces)
  }

  /// Adds bogies, seats, what stands on the roof, and lamps.
  private mutating func addTramFittings(_ car: TramCar, _ surfaces: HeavySurfaces) {
    let (middle, half) = (car.middle, car.half)
    for x in [middle + half - 2.2, middle - half + 2.2] {
      mesh.addBox(
        x: x - 1...x + 1, y: -car.width / 2 + 0.2...car.width / 2 - 0.2, z: 0...car.floor,
        surfaces.chassis)
    }
    addSeatRows(
      from: middle + half - 1.6, to: middle - half + 1.5, halfWidth: car.width / 2,
      floor: car.floor, surfaces)
    mesh.addBox(
      x: middle - 0.6 * half...middle + 0.4 * half, y: -0.8...0.8, z: car.height...car.height + 0.3,
      surfaces.trim)
    for (hasCab, x) in [(car.hasCab.front, half + 0.01), (car.hasCab.rear, -half - 0.01)]
    where hasCab {
      addReflectors(x: middle + x, halfWidth: 0.28 * car.width, height: 0.75, surfaces)
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
