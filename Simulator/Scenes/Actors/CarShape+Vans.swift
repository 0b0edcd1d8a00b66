import Randomness

extension CarShape {
  /// A van, from the small one with a bonnet to the tall one of a parcel service.
  ///
  /// It has windows all around, or sheet metal behind the doors. KITTI's boxes are 4.97 x 1.90 x
  /// 2.18 m on average.
  static func van(_ random: inout RandomStream) -> Self {
    let build: VanBuild = random.pick([
      (.small, weight: 0.3), (.medium, weight: 0.44), (.tall, weight: 0.26),
    ])
    let size = build.size
    var shape = Self(
      length: random.normal(size.x, 0.2, within: size.x - 0.5...size.x + 0.6),
      width: random.normal(size.y, 0.05, within: size.y - 0.15...size.y + 0.15),
      height: random.normal(size.z, 0.08, within: size.z - 0.2...size.z + 0.25),
      wheelRadius: random.uniform(0.31...0.345), cowl: random.uniform(build.bonnet),
      screen: random.uniform(0.55...0.75),
      tail: (random.uniform(0.04...0.07), random.uniform(0.06...0.14)), &random)
    shape.frontAxle = shape.front - random.uniform(0.8...0.95)
    let belt = random.uniform(build.belt)
    shape.noseHeight = belt - random.uniform(0.2...0.3)
    shape.cowlHeight = belt + 0.08
    (shape.beltFront, shape.beltRear) = (belt, belt)
    (shape.deckHeight, shape.tailHeight) = (belt + 0.03, belt)
    shape.tumblehome = random.uniform(build == .small ? 0.78...0.84 : 0.83...0.88)
    shape.roofDrop = (random.uniform(0.04...0.1), random.uniform(0.02...0.04))
    shape.setVanPillars(isPanelVan: random.chance(build == .small ? 0.35 : 0.6))
    return shape
  }

  private enum VanBuild {
    case small, medium, tall

    /// Mean length, width and height, in metres.
    var size: Vector {
      switch self {
      case .small: Vector(4.3, 1.74, 1.82)
      case .medium: Vector(4.95, 1.85, 2.03)
      case .tall: Vector(5.75, 1.94, 2.66)
      }
    }

    /// From the nose to the windscreen's foot, in metres.
    var bonnet: ClosedRange<Float> {
      switch self {
      case .small: 0.8...0.95
      case .medium: 0.6...0.8
      case .tall: 0.75...0.95
      }
    }

    /// Height of the windows' lower edge, in metres.
    var belt: ClosedRange<Float> {
      switch self {
      case .small: 1.02...1.12
      case .medium: 1.12...1.22
      case .tall: 1.28...1.4
      }
    }
  }

  private mutating func setVanPillars(isPanelVan: Bool) {
    setPillars(at: [0.3, 0.63], rearWidth: (0.12, 0.1))
    guard isPanelVan else { return }
    for index in 1..<pillars.count { pillars[index].isGlazedBehind = false }
  }
}
