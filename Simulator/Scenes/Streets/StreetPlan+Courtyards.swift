import Randomness

extension StreetPlan {
  /// Chooses where car parks, gravelled yards and railway tracks lie beside the street.
  mutating func addCourtyards(_ key: RandomKey) {
    for (index, side) in [Float(1), -1].enumerated() {
      var random = key.key(.street, 6 + index).stream
      let start = main.ground.side(side).frontageStart
      if random.chance(chance(of: .tracks)) {
        addCourtyard(
          .tracks, side: side, along: -90...110,
          distance: start + 1...start + random.uniform(5.5...10))
        continue
      }
      for use in [Ground.Courtyard.Use.carPark, .gravel] where random.chance(chance(of: use)) {
        let length = random.uniform(14...36)
        let middle = random.uniform(-40...55)
        let near = start + random.uniform(0.5...4)
        let depth = use == .carPark ? random.pick([Float(8), 11.5, 17]) : random.uniform(6...20)
        guard isClearOfArms(middle, side: side, margin: length / 2 + 1) else { continue }
        addCourtyard(
          use, side: side, along: middle - length / 2...middle + length / 2,
          distance: near...near + depth)
      }
    }
    for index in arms.indices { arms[index].ground = main.ground }
  }

  /// How likely a side has a courtyard of a use.
  private func chance(of use: Ground.Courtyard.Use) -> Float {
    switch (use, style) {
    case (.carPark, .campus): 0.4
    case (.carPark, .arterial): 0.2
    case (.carPark, .residential): 0.05
    case (.carPark, .city): 0.05
    case (.gravel, .city): 0.04
    case (.gravel, _): 0.16
    case (.tracks, .arterial): 0.12
    case (.tracks, .city): 0.02
    case (.tracks, _): 0.03
    }
  }

  private mutating func addCourtyard(
    _ use: Ground.Courtyard.Use, side: Float, along: ClosedRange<Float>,
    distance: ClosedRange<Float>
  ) {
    let courtyard = Ground.Courtyard(use: use, side: side, along: along, distance: distance)
    guard !main.ground.courtyards.contains(where: { $0.overlaps(courtyard) }) else { return }
    main.ground.courtyards.append(courtyard)
  }
}

extension Ground.Courtyard {
  func overlaps(_ other: Self) -> Bool {
    side == other.side && along.overlaps(other.along) && distance.overlaps(other.distance)
  }
}
