import Randomness

extension StreetBuilder {
  /// Height of paint above the ground's mesh, in metres: enough to be met first.
  private static let paintHeight: Float = 0.006

  /// Adds the paint on the carriageways: lines, stop lines, zebra crossings, bays.
  mutating func addMarkings() {
    var random = key.key(.street, 8).stream
    let isMarked = plan.style != .residential || random.chance(0.45)
    if isMarked { addLines(&random) }
    for side: Float in [1, -1] { addBays(side: side, &random) }
    for junction in plan.main.ground.junctions {
      if let zebra = junction.zebra { addZebra(zebra) }
      if junction.hasLights { addStopLines(before: junction) }
    }
    for arm in plan.arms { addArmMarkings(on: arm, &random) }
  }

  /// Adds a painted strip that follows the ground.
  private mutating func addStrip(
    on street: Street, along: ClosedRange<Float>, across: ClosedRange<Float>
  ) {
    let step: Float = 3
    var start = along.lowerBound
    while start < along.upperBound {
      let end = min(start + step, along.upperBound)
      mesh.addQuad(
        street.point(along: start, across: across.lowerBound, above: Self.paintHeight),
        street.point(along: end, across: across.lowerBound, above: Self.paintHeight),
        street.point(along: end, across: across.upperBound, above: Self.paintHeight),
        street.point(along: start, across: across.upperBound, above: Self.paintHeight),
        palette.marking)
      start = end
    }
  }

  /// Whether lines stop at a place: in the mouth of a junction, and where the street ends.
  private func isUnlined(_ along: Float) -> Bool {
    plan.isAtEnd(along, margin: 3)
      || plan.main.ground.junctions.contains { abs($0.along - along) < $0.halfWidth + 1.5 }
  }

  /// The middle line, the lines between lanes, and the lines along the edges.
  private mutating func addLines(_ random: inout RandomStream) {
    let half = random.uniform(0.05...0.08)
    let dash = random.pick([Float(3), 4, 6])
    let isMiddleSolid = plan.style == .arterial && random.chance(0.4)
    let hasEdges = random.chance(plan.style == .arterial ? 0.9 : 0.35)
    let roads = [plan.main.ground.left, plan.main.ground.right]
    let width = roads[0].laneWidth
    for start in stride(from: Float(-90), to: 100, by: dash) where !isUnlined(start + dash / 2) {
      let whole = start...start + dash
      let isDash = Int((start / dash).rounded()) % 3 == 0
      if isMiddleSolid || isDash { addStrip(on: plan.main, along: whole, across: -half...half) }
      if hasEdges {
        for (sign, road) in [(Float(1), roads[0]), (-1, roads[1])] {
          let middle = sign * (road.lanesEnd - (road.parkingWidth > 0 ? 0 : 0.3))
          addStrip(on: plan.main, along: whole, across: middle - half...middle + half)
        }
      }
      guard isDash, roads[0].laneCount > 1 else { continue }
      for middle in [width, -width] {
        addStrip(on: plan.main, along: whole, across: middle - half...middle + half)
      }
    }
  }

  /// The lines between parking bays.
  private mutating func addBays(side: Float, _ random: inout RandomStream) {
    let road = plan.main.ground.side(side)
    guard random.chance(0.6), let pitch = road.parking.bayPitch else { return }
    let inner = min(side * (road.lanesEnd + 0.1), side * (road.kerb - 0.1))
    let outer = max(side * (road.lanesEnd + 0.1), side * (road.kerb - 0.1))
    for along in stride(from: Float(-40), to: 50, by: pitch)
    where plan.isClearOfArms(along, side: side, margin: 5) {
      addStrip(on: plan.main, along: along - 0.05...along + 0.05, across: inner...outer)
    }
  }

  private mutating func addZebra(_ along: ClosedRange<Float>) {
    let (left, right) = (plan.main.ground.left.kerb, plan.main.ground.right.kerb)
    for across in stride(from: 0.3 - right, to: left - 0.6, by: 1) {
      addStrip(on: plan.main, along: along, across: across...across + 0.5)
    }
  }

  private mutating func addStopLines(before junction: Junction) {
    for side: Float in [1, -1] {
      let road = plan.main.ground.side(side)
      let along = junction.along + side * (junction.halfWidth + 6)
      let across = [side * 0.15, side * (road.lanesEnd - 0.2)].sorted()
      addStrip(on: plan.main, along: along - 0.25...along + 0.25, across: across[0]...across[1])
    }
  }

  /// The line at which a side street's traffic waits, and its middle line.
  private mutating func addArmMarkings(on arm: Street, _ random: inout RandomStream) {
    guard let branch = arm.branch, random.chance(0.6) else { return }
    let kerb = plan.main.ground.side(branch.side).kerb
    for across in stride(from: Float(0.2), to: branch.halfWidth - 0.5, by: 0.9) {
      addStrip(on: arm, along: kerb + 0.4...kerb + 0.8, across: across...across + 0.5)
    }
    guard branch.halfWidth > 3 else { return }
    for along in stride(from: kerb + 3, to: kerb + 50, by: 9) {
      addStrip(on: arm, along: along...along + 3, across: -0.06...0.06)
    }
  }
}
