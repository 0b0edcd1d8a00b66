import Randomness

extension RoadSide {
  /// A side of a street of a style.
  init(_ style: StreetStyle, _ random: inout RandomStream) {
    parking = random.pick(Self.parkings(style))
    kerbHeight = random.uniform(0.03...0.16)
    roughness = random.uniform(0.015...0.06)
    slope = random.normal(0.01, 0.035, within: -0.06...0.1)
    hill = random.uniform(-2...9)
    choosePieces(style, &random)
  }

  /// Chooses the widths of the pieces and what covers them.
  private mutating func choosePieces(_ style: StreetStyle, _ random: inout RandomStream) {
    switch style {
    case .residential:
      laneWidth = random.uniform(2.4...3.2)
      verge = random.chance(0.3) ? random.uniform(0.8...2.5) : 0
      pavement = random.uniform(1.2...2.4)
      frontage = random.uniform(2...8)
      frontageCover = random.pick([(.grass, 0.7), (.paving, 0.15), (.gravel, 0.15)])
    case .city:
      laneWidth = random.uniform(2.8...3.5)
      pavement = random.uniform(2...5)
      frontage = random.chance(0.7) ? 0.05 : random.uniform(0.5...3)
      frontageCover = random.chance(0.7) ? .paving : .grass
      landCover = random.pick([(.paving, 0.6), (.grass, 0.3), (.gravel, 0.1)])
      slope *= 0.3
    case .arterial:
      laneWidth = random.uniform(3...3.75)
      verge = random.chance(0.6) ? random.uniform(1...5) : 0
      pavement = random.chance(0.75) ? random.uniform(1.3...3) : 0.6
      frontage = random.uniform(4...18)
    case .campus:
      laneWidth = random.uniform(2.4...3.2)
      verge = random.chance(0.4) ? random.uniform(1...4) : 0
      pavement = random.uniform(1.5...4)
      frontage = random.uniform(5...20)
      kerbHeight *= 0.7
    }
  }

  private static func parkings(_ style: StreetStyle) -> [(Parking, weight: Float)] {
    switch style {
    case .residential:
      [
        (.none, 0.3), (.parallel, 0.4), (.halfOnPavement, 0.25), (.perpendicular, 0.015),
        (.diagonal, 0.035),
      ]
    case .city: [(.none, 0.35), (.parallel, 0.58), (.perpendicular, 0.02), (.diagonal, 0.05)]
    case .arterial: [(.none, 0.9), (.parallel, 0.1)]
    case .campus: [(.none, 0.6), (.parallel, 0.2), (.perpendicular, 0.05), (.diagonal, 0.1)]
    }
  }
}
