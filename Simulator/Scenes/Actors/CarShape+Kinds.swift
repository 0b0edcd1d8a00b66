import Randomness

extension CarShape {
  /// A car of a kind.
  ///
  /// Sizes are those of KITTI's boxes (mean and spread over all kinds: 3.9 +- 0.4,
  /// 1.62 +- 0.11, 1.51 +- 0.12 m); proportions are of the makes that stand in Europe's streets.
  static func make(_ kind: ActorKind, _ random: inout RandomStream) -> Self {
    switch kind {
    case .hatchback: hatchback(&random)
    case .sedan: sedan(&random)
    case .estate: estate(&random)
    case .suv: suv(&random)
    case .pickup: pickup(&random)
    default: van(&random)
    }
  }

  /// The frame that all kinds have in common.
  ///
  /// `cowl` is from the nose to the windscreen's foot, `screen` from there back to its top; `tail`
  /// is from the rear end to the rear window's foot, and from there forward to its top.
  init(
    length: Float, width: Float, height: Float, wheelRadius: Float, cowl: Float, screen: Float,
    tail: (base: Float, screen: Float), _ random: inout RandomStream
  ) {
    (self.length, self.width, self.height) = (length, width, height)
    self.wheelRadius = wheelRadius
    frontAxle = length / 2 - length * random.uniform(0.185...0.205) - 0.02
    rearAxle = -length / 2 + length * random.uniform(0.165...0.195) + 0.02
    clearance = random.uniform(0.15...0.21)
    self.cowl = length / 2 - cowl
    roofFront = self.cowl - screen
    rearBase = -length / 2 + tail.base
    roofRear = rearBase + tail.screen
    noseHeight = height * random.uniform(0.48...0.53)
    cowlHeight = height * random.uniform(0.635...0.665)
    beltFront = cowlHeight - 0.05
    beltRear = beltFront + random.uniform(0.0...0.07)
    deckHeight = beltRear + 0.05
    tailHeight = deckHeight - 0.05
    tumblehome = random.uniform(0.74...0.79)
    roofDrop = (random.uniform(0.03...0.06), random.uniform(0.05...0.08))
    pillars = []
    bed = nil
    hasPlasticSkirt = random.chance(0.3)
  }

  /// Sets the pillars: the first and last from the screens, those between at fractions of the
  /// cabin's length behind the windscreen's foot.
  mutating func setPillars(at places: [Float], rearWidth: (base: Float, top: Float)) {
    pillars = [
      Pillar(base: cowl - 0.13...cowl, top: roofFront - 0.07...roofFront)
    ]
    for place in places {
      let middle = cowl - 0.12 - place * (cowl - rearBase)
      // A pillar leans with the windows before and behind it.
      let top = middle + (place < 0.6 ? -0.09 : 0.02)
      pillars.append(Pillar(base: middle - 0.05...middle + 0.05, top: top - 0.035...top + 0.035))
    }
    pillars.append(
      Pillar(
        base: rearBase...rearBase + rearWidth.base, top: roofRear...roofRear + rearWidth.top))
  }

  private static func hatchback(_ random: inout RandomStream) -> Self {
    let length = random.normal(3.6, 0.26, within: 2.95...4.25)
    var shape = Self(
      length: length, width: random.normal(1.55, 0.06, within: 1.42...1.7),
      height: random.normal(1.47, 0.05, within: 1.36...1.62),
      wheelRadius: random.uniform(0.27...0.31), cowl: length * random.uniform(0.21...0.25),
      screen: random.uniform(0.58...0.78),
      tail: (random.uniform(0.06...0.16), random.uniform(0.22...0.42)), &random)
    let isThreeDoor = random.chance(0.4) || length < 3.4
    let pillar = random.uniform(0.2...0.38)
    shape.setPillars(at: isThreeDoor ? [0.52] : [0.43], rearWidth: (pillar, 0.7 * pillar))
    return shape
  }

  private static func sedan(_ random: inout RandomStream) -> Self {
    let length = random.normal(4.15, 0.24, within: 3.7...4.85)
    var shape = Self(
      length: length, width: random.normal(1.6, 0.06, within: 1.48...1.76),
      height: random.normal(1.43, 0.04, within: 1.34...1.54),
      wheelRadius: random.uniform(0.29...0.33), cowl: length * random.uniform(0.26...0.295),
      screen: random.uniform(0.62...0.82),
      tail: (length * random.uniform(0.12...0.165), random.uniform(0.5...0.68)), &random)
    shape.tailHeight = shape.deckHeight - random.uniform(0.0...0.06)
    shape.roofDrop.rear = random.uniform(0.07...0.11)
    shape.setPillars(at: [0.42], rearWidth: (random.uniform(0.22...0.4), 0.1))
    return shape
  }

  private static func estate(_ random: inout RandomStream) -> Self {
    let length = random.normal(4.17, 0.22, within: 3.8...4.8)
    var shape = Self(
      length: length, width: random.normal(1.6, 0.06, within: 1.48...1.76),
      height: random.normal(1.48, 0.05, within: 1.38...1.62),
      wheelRadius: random.uniform(0.29...0.33), cowl: length * random.uniform(0.245...0.28),
      screen: random.uniform(0.62...0.8),
      tail: (random.uniform(0.07...0.14), random.uniform(0.2...0.4)), &random)
    shape.roofDrop.rear = random.uniform(0.03...0.05)
    shape.setPillars(at: [0.34, 0.68], rearWidth: (random.uniform(0.12...0.22), 0.12))
    return shape
  }

  private static func suv(_ random: inout RandomStream) -> Self {
    let length = random.normal(4.07, 0.24, within: 3.6...4.75)
    var shape = Self(
      length: length, width: random.normal(1.68, 0.06, within: 1.55...1.86),
      height: random.normal(1.68, 0.07, within: 1.54...1.88),
      wheelRadius: random.uniform(0.33...0.375), cowl: length * random.uniform(0.235...0.275),
      screen: random.uniform(0.5...0.68),
      tail: (random.uniform(0.06...0.12), random.uniform(0.14...0.3)), &random)
    shape.clearance = random.uniform(0.23...0.3)
    shape.noseHeight = shape.height * random.uniform(0.5...0.56)
    shape.tumblehome = random.uniform(0.76...0.83)
    shape.roofDrop.rear = random.uniform(0.03...0.05)
    shape.hasPlasticSkirt = random.chance(0.6)
    shape.setPillars(at: [0.36, 0.7], rearWidth: (random.uniform(0.1...0.2), 0.1))
    return shape
  }

  private static func pickup(_ random: inout RandomStream) -> Self {
    let length = random.normal(4.85, 0.22, within: 4.4...5.3)
    let bedLength = random.uniform(1.3...1.75)
    var shape = Self(
      length: length, width: random.normal(1.7, 0.06, within: 1.58...1.86),
      height: random.normal(1.72, 0.06, within: 1.58...1.86),
      wheelRadius: random.uniform(0.34...0.38), cowl: length * random.uniform(0.23...0.26),
      screen: random.uniform(0.5...0.64), tail: (bedLength + 0.12, random.uniform(0.14...0.24)),
      &random)
    shape.clearance = random.uniform(0.26...0.34)
    shape.noseHeight = shape.height * random.uniform(0.53...0.57)
    shape.beltRear = shape.beltFront
    shape.deckHeight = shape.beltFront + 0.05
    shape.tailHeight = shape.deckHeight
    shape.bed = shape.rear + 0.07...shape.rearBase - 0.02
    shape.setPillars(at: [0.48], rearWidth: (random.uniform(0.12...0.3), 0.12))
    return shape
  }
}
