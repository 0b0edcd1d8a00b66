import Foundation
import Randomness

extension ActorDraft {
  /// Adds a bicycle and who rides it.
  ///
  /// KITTI's boxes are 1.76 x 0.63 x 1.74 m on average.
  mutating func addCyclist() {
    let figure = random.chance(0.06) ? Figure.child(&random) : Figure.adult(&random)
    let bicycle = Bicycle(for: figure.height, &random)
    let angle = random.uniform(0...2 * Float.pi)
    add(bicycle, crankAngle: angle)
    var outfit = Outfit(&self, figure)
    outfit.cut = .trousers
    let lean = random.normal(0.5, 0.18, within: 0.12...0.95)
    var pose = Pose(
      figure, pelvis: bicycle.saddle + Vector(0.02, 0, 0.08), lean: lean, nod: -0.1)
    pose.ride(
      figure, hands: bicycle.grips + Vector(-0.03, bicycle.halfBar - 0.01, 0.03),
      feet: [1, -1].map { side in
        bicycle.pedal(side, angle: angle) + Vector(-0.07, 0, 0.08)
      })
    addPerson(figure, pose, outfit)
    addHelmet(pose, figure, chance: 0.4)
    if random.chance(0.25) {
      let back = pose.pelvis + pose.upright * (0.66 * figure.spine)
      let place = Placement(origin: back).tipped(pitch: lean, roll: 0)
      mesh.addEllipsoid(
        centre: Vector(-0.19, 0, 0), halfAxes: Vector(0.12, 0.15, 0.24), sides: 6, rings: 3,
        at: place, cloth())
    }
  }

  /// Adds a motorcycle or a scooter and who rides it.
  mutating func addMotorcyclist() {
    let motorcycle = Motorcycle(&random)
    add(motorcycle)
    let figure = Figure.adult(&random)
    var outfit = Outfit(&self, figure)
    outfit.cut = .trousers
    var pose = Pose(
      figure, pelvis: motorcycle.seat + Vector(0, 0, 0.09),
      lean: random.normal(motorcycle.isScooter ? 0.08 : 0.35, 0.12, within: -0.05...0.7),
      nod: -0.05)
    pose.ride(
      figure, hands: motorcycle.grips + Vector(-0.02, motorcycle.halfBar - 0.04, 0.03),
      feet: [1, -1].map { motorcycle.foot($0) + Vector(-0.05, 0, 0.08) })
    addPerson(figure, pose, outfit)
    addHelmet(pose, figure, chance: 1)
  }

  /// Adds a bicycle that leans on its stand.
  mutating func addParkedBicycle() {
    let bicycle = Bicycle(for: random.uniform(1.6...1.85), &random)
    let lean = random.sign() * random.uniform(0.03...0.14)
    let place = Placement(origin: .zero).tipped(pitch: 0, roll: lean)
    add(bicycle, crankAngle: random.uniform(0...2 * Float.pi), at: place)
  }

  /// Adds a motorcycle or a scooter that leans on its stand.
  mutating func addParkedMotorcycle() {
    let motorcycle = Motorcycle(&random)
    let place = Placement(origin: .zero).tipped(pitch: 0, roll: -random.uniform(0.0...0.16))
    add(motorcycle, at: place)
  }

  private mutating func addHelmet(_ pose: Pose, _ figure: Figure, chance: Float) {
    guard random.chance(chance) else { return }
    let half = figure.head
    let isFull = chance == 1
    mesh.addEllipsoid(
      centre: pose.head + Vector(-0.02, 0, isFull ? 0.02 : 0.05),
      halfAxes: Vector(isFull ? 1.12 : 1, isFull ? 0.98 : 0.82, isFull ? 1.12 : 0.85) * half,
      matte(0.1...0.7))
  }
}

extension Pose {
  /// Puts hands and feet where a two-wheeler wants them.
  ///
  /// `hands` is the left hand's place, which the right one mirrors; `feet` are the ankles.
  mutating func ride(_ figure: Figure, hands: Vector, feet: [Vector]) {
    reach(figure, left: hands, right: Vector(hands.x, -hands.y, hands.z))
    for (index, foot) in feet.enumerated() {
      legs[index] = Limb(
        from: legs[index].root, to: foot, lengths: (figure.thigh, figure.shin),
        bending: Vector(1, index == 0 ? 0.12 : -0.12, 0.3))
      footPitch[index] = 0.12
    }
  }
}
