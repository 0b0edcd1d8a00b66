import Foundation

extension ActorDraft {
  /// Adds a dressed person in a pose.
  mutating func addPerson(_ figure: Figure, _ pose: Pose, _ outfit: Outfit) {
    let (size, girth) = (figure.height, figure.girth)
    for (limb, pitch) in zip(pose.legs, pose.footPitch) {
      mesh.addTube(
        through: [limb.root, limb.joint, limb.end],
        radii: [0.053 * girth, 0.036 * (0.5 + 0.5 * girth), 0.026].map { $0 * size }, sides: 7
      ) { $0 == 0 ? outfit.legs : outfit.shins }
      addFoot(at: limb.end, length: 0.15 * size, pitch: pitch, outfit.shoes)
    }
    let bulk: Float = outfit.cut == .coat ? 1.15 : 1
    for limb in pose.arms {
      let fingers = limb.end + (limb.end - limb.joint).normalized * (0.075 * size)
      // The shoulder is round: the sleeve begins narrow, a little inside of it.
      let side: Float = limb.root.y > pose.neck.y ? 1 : -1
      let top = limb.root + pose.upright * (0.026 * size) - Vector(0, side * 0.008 * size, 0)
      mesh.addTube(
        through: [top, limb.root, limb.joint, limb.end, fingers],
        radii: [0.016, 0.033 * girth * bulk, 0.026 * girth * bulk, 0.021, 0.012].map { $0 * size },
        sides: 6
      ) { $0 < 2 ? outfit.top : $0 == 2 ? outfit.sleeves : outfit.skin }
    }
    addTrunk(figure, pose, outfit, bulk: bulk)
    addHead(figure, pose, outfit)
    if outfit.cut != .trousers { addHem(figure, pose, outfit) }
  }

  private mutating func addFoot(
    at ankle: Vector, length: Float, pitch: Float, _ surface: SurfaceIndex
  ) {
    let place = Placement(origin: ankle).tipped(pitch: pitch, roll: 0)
    let half = 0.17 * length
    mesh.addBox(
      x: -0.27 * length...0.73 * length, y: -half...half, z: -0.28 * length...0.02, at: place,
      surface)
  }

  /// Adds hips, belly, chest and shoulders: a loft through ovals along the spine.
  private mutating func addTrunk(
    _ figure: Figure, _ pose: Pose, _ outfit: Outfit, bulk: Float
  ) {
    // Along the spine from the pelvis, then half the depth and half the width, over the height.
    let ovals: [(along: Float, depth: Float, width: Float)] =
      figure.isFemale
      ? [
        (-0.28, 0.045, 0.07), (-0.04, 0.07, 0.101), (0.35, 0.056, 0.077), (0.68, 0.069, 0.089),
        (0.93, 0.052, 0.103), (1.06, 0.03, 0.045),
      ]
      : [
        (-0.28, 0.045, 0.07), (-0.02, 0.067, 0.096), (0.35, 0.064, 0.087), (0.7, 0.072, 0.1),
        (0.93, 0.056, 0.112), (1.06, 0.032, 0.05),
      ]
    let up = pose.upright
    let forward = Vector(0, 1, 0).cross(up).normalized
    let girth = figure.girth * bulk * figure.height
    let outlines = ovals.map { oval in
      let middle = pose.pelvis + up * (oval.along * figure.spine)
      return (0..<9).map { corner in
        let angle = 2 * Float.pi * Float(corner) / 9
        return middle + forward * (girth * oval.depth * cos(angle))
          + Vector(0, girth * oval.width * sin(angle), 0)
      }
    }
    mesh.addLoft(through: outlines, isClosed: true) { row, _ in
      row == 0 ? outfit.legs : outfit.top
    }
    let crotch = pose.pelvis - up * (0.3 * figure.spine)
    for corner in 0..<9 {
      mesh.addTriangle(crotch, outlines[0][corner], outlines[0][(corner + 1) % 9], outfit.legs)
    }
  }

  private mutating func addHead(_ figure: Figure, _ pose: Pose, _ outfit: Outfit) {
    let half = figure.head
    let axes = Vector(0.8 * half, 0.66 * half, half)
    mesh.addTube(
      through: [pose.neck - pose.upright * 0.03, pose.head],
      radii: [0.036 * figure.height, 0.03 * figure.height], sides: 5
    ) { _ in outfit.skin }
    mesh.addEllipsoid(centre: pose.head, halfAxes: axes, outfit.skin)
    switch outfit.hairstyle {
    case .none: break
    case .short, .long:
      mesh.addEllipsoid(
        centre: pose.head + Vector(-0.16, 0, 0.15) * half, halfAxes: axes * 1.04, outfit.hair)
      guard outfit.hairstyle == .long else { return }
      mesh.addTube(
        through: [
          pose.head + Vector(-0.5 * half, 0, 0.3 * half),
          pose.head + Vector(-0.62 * half, 0, -0.9 * half),
          pose.neck + Vector(-0.09, 0, -0.5 * half),
        ], radii: [0.5 * half, 0.62 * half, 0.2 * half], sides: 6
      ) { _ in outfit.hair }
    case .hat:
      mesh.addEllipsoid(
        centre: pose.head + Vector(-0.03, 0, 0.4) * half,
        halfAxes: Vector(0.92, 0.8, 0.72) * half, outfit.top)
    }
  }

  /// Adds the lower part of a coat or a skirt: as wide as the step below it.
  private mutating func addHem(_ figure: Figure, _ pose: Pose, _ outfit: Outfit) {
    let surface = outfit.cut == .coat ? outfit.top : outfit.legs
    let share: Float = outfit.cut == .coat ? 0.8 : 0.95
    let girth = figure.girth * figure.height
    let places = pose.legs.map { $0.root + ($0.joint - $0.root) * share }
    let middle = (places[0] + places[1]) * 0.5
    let step = abs(places[0].x - places[1].x) * 0.5
    let ovals: [(middle: Vector, depth: Float, width: Float)] = [
      (pose.pelvis + pose.upright * (0.3 * figure.spine), 0.063 * girth, 0.088 * girth),
      (pose.pelvis, 0.08 * girth, 0.112 * girth),
      (middle, 0.075 * girth + step, 0.12 * girth),
    ]
    let outlines = ovals.map { oval in
      (0..<9).map { corner in
        let angle = 2 * Float.pi * Float(corner) / 9
        return oval.middle + Vector(oval.depth * cos(angle), oval.width * sin(angle), 0)
      }
    }
    mesh.addLoft(through: outlines, isClosed: true) { _, _ in surface }
  }
}
