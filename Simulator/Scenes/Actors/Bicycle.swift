import Foundation
import Randomness

/// The measures of a bicycle, in metres: x forward from the middle between its hubs.
struct Bicycle {
  let wheelRadius: Float
  /// Half the distance between the hubs.
  let halfBase: Float
  /// Where the cranks turn.
  let crankset: Vector
  /// The saddle's middle and the middle of the handlebar's grips.
  let saddle: Vector
  let grips: Vector
  let halfBar: Float
  /// Whether the upper tube is low, to step through.
  let isStepThrough: Bool
  let steering: Float

  /// A bicycle for somebody of a height.
  init(for height: Float, _ random: inout RandomStream) {
    let scale = min(max(height / 1.75, 0.75), 1.08)
    wheelRadius = random.uniform(0.325...0.35) * min(scale + 0.05, 1)
    halfBase = random.uniform(0.51...0.57) * (0.4 + 0.6 * scale)
    crankset = Vector(-0.08, 0, random.uniform(0.27...0.3) * (0.4 + 0.6 * scale))
    saddle = Vector(-0.26, 0, random.uniform(0.86...0.96) * scale)
    let reach = random.uniform(0.3...0.42)
    grips = Vector(reach, 0, saddle.z + random.uniform(-0.04...0.2))
    halfBar = random.uniform(0.24...0.3)
    isStepThrough = random.chance(0.45)
    steering = random.normal(0, 0.05)
  }

  var rearHub: Vector { Vector(-halfBase, 0, wheelRadius) }
  var frontHub: Vector { Vector(halfBase, 0, wheelRadius) }
  /// The upper end of the tube that the fork turns in.
  var headset: Vector { Vector(halfBase - 0.2, 0, wheelRadius + 0.52) }
  /// The upper end of the tube that the saddle's post goes into.
  var seatTop: Vector { crankset + (saddle - crankset) * 0.78 }

  /// Where a pedal is; `angle` turns the cranks forward, in radians.
  func pedal(_ side: Float, angle: Float) -> Vector {
    let turned = side > 0 ? angle : angle + .pi
    return crankset + Vector(0.17 * cos(turned), side * 0.11, 0.17 * sin(turned))
  }
}

extension ActorDraft {
  /// Adds a bicycle.
  mutating func add(_ bicycle: Bicycle, crankAngle: Float, at place: Placement = .world) {
    let frame = matte(0.1...0.6)
    let metal = matte(0.2...0.6)
    let rubber = matte(0.03...0.1)
    // A pulse is wider than a spoke: it meets a few of them, or passes between.
    let spokes = mesh.add(
      Surface(
        .lattice, random.uniform(0.15...0.4), semantic: semantic,
        porosity: random.uniform(0.7...0.9)))
    for hub in [bicycle.rearHub, bicycle.frontHub] {
      let steering = hub.x > 0 ? bicycle.steering : 0
      let wheel = place.placement(Placement(origin: hub).turned(steering))
      addBicycleWheel(bicycle, at: wheel, tyre: rubber, spokes: spokes)
    }
    addFrame(bicycle, at: place, frame)
    addCockpit(bicycle, at: place, metal, rubber)
    addDrive(bicycle, crankAngle: crankAngle, at: place, metal, rubber)
    addAccessories(bicycle, at: place, frame)
  }

  private mutating func addBicycleWheel(
    _ bicycle: Bicycle, at hub: Placement, tyre: SurfaceIndex, spokes: SurfaceIndex
  ) {
    let thickness: Float = 0.02
    mesh.addRing(
      radius: bicycle.wheelRadius - thickness, thickness: (thickness, 0.018), segments: 14,
      sides: 3, at: hub, tyre)
    let rim = bicycle.wheelRadius - 2 * thickness
    for corner in 0..<12 {
      let angles = [corner, corner + 1].map { 2 * Float.pi * Float($0) / 12 }
      mesh.addTriangle(
        hub.origin, hub.point(rim * cos(angles[0]), 0, rim * sin(angles[0])),
        hub.point(rim * cos(angles[1]), 0, rim * sin(angles[1])), spokes)
    }
    mesh.addBar(
      from: Vector(0, -0.05, 0), to: Vector(0, 0.05, 0), radius: 0.022, sides: 3, at: hub, tyre)
  }

  private mutating func addFrame(
    _ bicycle: Bicycle, at place: Placement, _ surface: SurfaceIndex
  ) {
    let (crankset, headset, seatTop) = (bicycle.crankset, bicycle.headset, bicycle.seatTop)
    let headFoot = headset + (bicycle.frontHub - headset) * 0.2
    let upperEnd = bicycle.isStepThrough ? crankset + (seatTop - crankset) * 0.35 : seatTop
    let tubes: [(Vector, Vector, Float)] = [
      (crankset, bicycle.saddle, 0.017), (headFoot, crankset, 0.021), (headset, upperEnd, 0.018),
    ]
    for (start, end, radius) in tubes {
      mesh.addTube(through: [start, end], radii: [radius, radius], sides: 4, at: place) { _ in
        surface
      }
    }
    for side: Float in [1, -1] {
      let aside = Vector(0, side * 0.055, 0)
      for (start, end) in [
        (crankset, bicycle.rearHub), (seatTop, bicycle.rearHub), (headFoot, bicycle.frontHub),
      ] {
        mesh.addTube(
          through: [start + aside * 0.4, end + aside], radii: [0.012, 0.01], sides: 3, at: place
        ) { _ in surface }
      }
    }
  }

  /// Adds saddle, handlebar and stem.
  private mutating func addCockpit(
    _ bicycle: Bicycle, at place: Placement, _ metal: SurfaceIndex, _ rubber: SurfaceIndex
  ) {
    let saddle = bicycle.saddle
    mesh.addEllipsoid(
      centre: saddle - Vector(0, 0, 0.03), halfAxes: Vector(0.14, 0.075, 0.035), sides: 5, rings: 3,
      at: place, rubber)
    let (grips, half) = (bicycle.grips, bicycle.halfBar)
    let middle = Vector(min(grips.x + 0.08, bicycle.headset.x + 0.05), 0, grips.z)
    mesh.addTube(
      through: [bicycle.headset, middle], radii: [0.015, 0.015], sides: 4, at: place
    ) { _ in metal }
    mesh.addTube(
      through: [
        grips + Vector(-0.07, half, 0), grips + Vector(0.02, half, 0),
        middle, grips + Vector(0.02, -half, 0), grips + Vector(-0.07, -half, 0),
      ], radii: [0.016, 0.014, 0.013, 0.014, 0.016], sides: 4, at: place
    ) { _ in metal }
  }

  private mutating func addDrive(
    _ bicycle: Bicycle, crankAngle: Float, at place: Placement, _ metal: SurfaceIndex,
    _ rubber: SurfaceIndex
  ) {
    for side: Float in [1, -1] {
      let pedal = bicycle.pedal(side, angle: crankAngle)
      let root = bicycle.crankset + Vector(0, side * 0.06, 0)
      mesh.addTube(
        through: [root, pedal - Vector(0, side * 0.04, 0)], radii: [0.012, 0.012], sides: 3,
        at: place
      ) { _ in metal }
      mesh.addBox(
        x: pedal.x - 0.04...pedal.x + 0.04, y: pedal.y - 0.045...pedal.y + 0.045,
        z: pedal.z - 0.012...pedal.z + 0.012, at: place, rubber)
    }
    let (chainring, hub) = (bicycle.crankset, bicycle.rearHub)
    // The chain's guard, on the right.
    mesh.addQuad(
      place.point(chainring + Vector(0.09, -0.06, 0.05)), place.point(hub + Vector(0, -0.06, 0.04)),
      place.point(hub + Vector(0, -0.06, -0.04)),
      place.point(chainring + Vector(0.09, -0.06, -0.07)),
      metal)
  }
}
