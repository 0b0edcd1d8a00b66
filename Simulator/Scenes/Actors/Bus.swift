import Randomness

/// The measures of a city bus, in metres: x forward from its middle.
private struct BusShape {
  let length: Float
  let width: Float
  let height: Float
  /// Edges of the windows and of the pillars between them.
  let windows: [Float]
  /// Height of the windows' lower edge.
  let belt: Float

  init(_ random: inout RandomStream) {
    length = random.normal(11, 0.9, within: 8.5...12.5)
    width = random.uniform(2.45...2.52)
    height = random.uniform(2.9...3.15)
    windows = Shell.windowEdges(from: length / 2 - 0.55, to: -length / 2 + 0.3, pitch: 1.45)
    belt = random.uniform(0.95...1.15)
  }

  var front: Float { length / 2 }
  var axles: [Float] { [front - 2.6, -front + 3.1] }
  var arches: [ClosedRange<Float>] { axles.map { $0 - 0.62...$0 + 0.62 } }
  /// On the right side.
  var doors: [ClosedRange<Float>] { [front - 1.75...front - 0.5, -0.65...0.65] }

  var shell: Shell {
    let steps = arches.flatMap { arch in
      [arch.lowerBound - 0.01, arch.lowerBound, arch.upperBound, arch.upperBound + 0.01]
    }
    return Shell(
      plan: Shell.plan(
        length: length, width: width, nose: 0.25, tail: 0.08, places: windows + steps),
      levels: [
        .init(height: 0.28, widthShare: 0.985), .init(height: belt),
        .init(height: 2.3, setback: (0.1, 0)), .init(height: height - 0.25, setback: (0.14, 0)),
        .init(height: height - 0.07, widthShare: 0.93, setback: (0.2, 0.06)),
      ],
      arches: (arches, 1.02))
  }
}

extension ActorDraft {
  /// Adds a city bus: about 11 x 2.55 x 3.1 m, its doors on the right.
  mutating func addBus() {
    let surfaces = HeavySurfaces(&self)
    let shape = BusShape(&random)
    let (front, half) = (shape.front, shape.width / 2)
    let sign = random.chance(0.5) ? surfaces.trim : surfaces.paint
    add(shape.shell, roof: surfaces.paint, floor: surfaces.chassis) { panel in
      let x = panel.middle.x
      let isFront = x > front - 0.4
      switch panel.row {
      case 0:
        let isDoor = !panel.isLeft && shape.doors.contains { $0.contains(x) }
        return isDoor ? surfaces.glass : surfaces.paint
      case 1:
        let isPillar = !isFront && shape.windows.contains { abs($0 - x) < 0.08 }
        return isPillar ? surfaces.paint : surfaces.glass
      case 2: return isFront ? sign : surfaces.paint
      default: return surfaces.paint
      }
    }
    let wheel = Wheel(radius: 0.48, width: 0.3, rimShare: 0.56, sides: 12)
    for x in shape.axles { addAxle(x: x, track: shape.width - 0.06, wheel: wheel, surfaces) }
    addReflectors(x: -front - 0.01, halfWidth: half - 0.03, height: 0.7, surfaces)
    addReflectors(x: front + 0.01, halfWidth: 0.45 * half, height: 0.5, surfaces)
    addSeatRows(from: front - 2.2, to: -front + 0.8, halfWidth: half, floor: 0.5, surfaces)
    addRoofGear(shape, surfaces)
  }

  /// Adds the cooler on the roof, and mirrors that hang before the front's corners.
  private mutating func addRoofGear(_ shape: BusShape, _ surfaces: HeavySurfaces) {
    let (front, half, height) = (shape.front, shape.width / 2, shape.height)
    mesh.addBox(
      x: -front + 1...random.uniform(-1...1), y: -0.7...0.7, z: height - 0.1...height + 0.1,
      surfaces.trim)
    for side: Float in [1, -1] {
      mesh.addBar(
        from: Vector(front - 0.15, side * (half - 0.22), height - 0.35),
        to: Vector(front + 0.08, side * (half - 0.06), height - 0.7), radius: 0.09, sides: 4,
        surfaces.trim)
    }
  }
}
