import Foundation
import Randomness

extension ActorDraft {
  /// Adds somebody on foot, with what people carry.
  ///
  /// KITTI's boxes are 0.82 x 0.68 x 1.74 m on
  /// average: as wide as the stride.
  mutating func addPedestrian(isChild: Bool) {
    let figure = isChild ? Figure.child(&random) : Figure.adult(&random)
    let outfit = Outfit(&self, figure)
    var pose: Pose
    if random.chance(0.82) {
      // Legs are slow where they turn around: more moments find the step wide open.
      let opening = 0.5 * Float.pi * (1 - pow(random.uniform(), 1.6))
      let phase = random.sign() * opening + (random.chance(0.5) ? 0 : Float.pi)
      pose = .walking(
        figure, phase: phase, swing: random.normal(0.41, 0.05, within: 0.26...0.54), &random)
    } else {
      pose = .standing(figure, &random)
    }
    if !isChild && random.chance(0.04) {
      addPram(figure, &pose)
    } else {
      addLuggage(figure, pose)
    }
    addPerson(figure, pose, outfit)
  }

  /// Adds somebody on a chair, a stool or a bench, which is no person.
  mutating func addSittingPerson() {
    let seat = random.uniform(0.36...0.46)
    let figure = Figure.adult(&random)
    var outfit = Outfit(&self, figure)
    // Hems lie on the thighs.
    outfit.cut = .trousers
    let pose = Pose.sitting(figure, seat: seat - 0.02, &random)
    addPerson(figure, pose, outfit)
    addSeat(height: seat, back: pose.pelvis.x - 0.16)
  }

  private mutating func addSeat(height: Float, back: Float) {
    let surface = matte(0.1...0.5, semantic: RawClass.otherObject)
    let half = random.uniform(0.19...0.27)
    let front = back + 0.42
    mesh.addBox(x: back...front, y: -half...half, z: height - 0.04...height, surface)
    if random.chance(0.75) {
      let top = height + random.uniform(0.3...0.42)
      mesh.addBox(x: back - 0.035...back, y: -half...half, z: height - 0.1...top, surface)
    }
    if random.chance(0.3) {
      mesh.addBox(
        x: back + 0.05...front - 0.05, y: -half + 0.04...half - 0.04, z: 0...height - 0.04, surface)
    } else {
      for x in [back + 0.02, front - 0.03] {
        for y in [half - 0.03, 0.03 - half] {
          mesh.addBar(
            from: Vector(x, y, 0), to: Vector(x, y, height), radius: 0.018, sides: 4, surface)
        }
      }
    }
  }

  /// Adds a rucksack, a bag in a hand or one at a shoulder, or nothing.
  private mutating func addLuggage(_ figure: Figure, _ pose: Pose) {
    let size = figure.height
    let roll = random.uniform()
    if roll < 0.2 {
      let surface = cloth()
      let back = pose.pelvis + pose.upright * (0.66 * figure.spine)
      let lean = asin(pose.upright.x)
      let place = Placement(origin: back).tipped(pitch: lean, roll: 0)
      mesh.addEllipsoid(
        centre: Vector(-0.115 * size, 0, 0), halfAxes: Vector(0.075, 0.095, 0.15) * size, sides: 6,
        at: place, surface)
    } else if roll < 0.42 {
      // In a hand; a few carry one in each.
      let surface = cloth()
      for limb in random.chance(0.2) ? pose.arms : [random.pick(pose.arms)] {
        let (half, depth) = (random.uniform(0.1...0.19), random.uniform(0.2...0.4))
        let grip = limb.end.z - 0.08
        mesh.addBox(
          x: limb.end.x - half...limb.end.x + half, y: limb.end.y - 0.06...limb.end.y + 0.06,
          z: max(grip - depth - 0.1, 0.03)...grip - 0.02, surface)
      }
    } else if roll < 0.55 {
      let side = random.sign()
      let hip = pose.pelvis + Vector(-0.02, side * 0.135 * size * figure.girth, 0.05)
      mesh.addEllipsoid(
        centre: hip, halfAxes: Vector(0.16, 0.06, 0.13), sides: 6, cloth())
    }
  }

  /// Adds a pram before somebody who pushes it, and moves the hands to its handle.
  private mutating func addPram(_ figure: Figure, _ pose: inout Pose) {
    let surface = cloth(semantic: RawClass.otherObject)
    let frame = matte(0.05...0.3, semantic: RawClass.otherObject)
    let ground = min(pose.legs[0].end.z, pose.legs[1].end.z) - figure.ankleHeight
    let place = Placement(origin: Vector(0.42, 0, ground))
    let handle = Float(0.98)
    pose.reach(
      figure, left: place.point(0, 0.17, handle), right: place.point(0, -0.17, handle))
    mesh.addBar(
      from: Vector(0, -0.24, handle), to: Vector(0, 0.24, handle), radius: 0.018, sides: 4,
      at: place, frame)
    for side: Float in [1, -1] {
      let y = side * 0.24
      mesh.addBar(
        from: Vector(0, y, handle), to: Vector(0.75, y, 0.12), radius: 0.015, sides: 4, at: place,
        frame)
      for x: Float in [0.22, 0.78] {
        mesh.addBar(
          from: Vector(x, y - 0.02, 0.12), to: Vector(x, y + 0.02, 0.12), radius: 0.12, sides: 8,
          at: place, frame)
      }
    }
    mesh.addEllipsoid(
      centre: Vector(0.5, 0, 0.62), halfAxes: Vector(0.42, 0.2, 0.17), sides: 6, rings: 4,
      at: place, surface)
    mesh.addEllipsoid(
      centre: Vector(0.32, 0, 0.8), halfAxes: Vector(0.24, 0.21, 0.22), sides: 6, rings: 4,
      at: place, surface)
  }
}
