extension Ground {
  /// What a piece of ground is used as.
  enum Zone: Sendable {
    case carriageway, parking, kerb, verge, pavement, driveway, frontage, land
  }

  /// What the ground is used as at a place whose foot along the street is known.
  func zone(foot: Float, across: Float) -> Zone {
    let sign: Float = across >= 0 ? 1 : -1
    let side = side(across)
    let distance = abs(across)
    if distance < side.lanesEnd { return .carriageway }
    var junctionZone: Zone?
    for junction in junctions where junction.hasArm(sign) {
      let inside = abs(foot - junction.along) - junction.halfWidth
      if inside < 0 { return .carriageway }
      if distance > side.kerb, inside < RoadSide.kerbDepth { junctionZone = .kerb }
      if distance > side.frontageStart, inside < junction.pavement {
        junctionZone = junctionZone ?? .pavement
      }
      if distance < side.kerb, inside < 5 { junctionZone = .carriageway }
    }
    if let junctionZone { return junctionZone }
    return zone(side, foot: foot, distance: distance)
  }

  private func zone(_ side: RoadSide, foot: Float, distance: Float) -> Zone {
    if distance < side.kerb { return side.parking == .halfOnPavement ? .carriageway : .parking }
    if distance < side.kerb + RoadSide.kerbDepth { return .kerb }
    let isDriveway = side.hasDriveway(at: foot)
    if distance < side.pavementStart { return isDriveway ? .driveway : .verge }
    if distance < side.frontageStart { return .pavement }
    if distance < side.buildingLine { return isDriveway ? .driveway : .frontage }
    return .land
  }

  /// Whether a driveway lies at a place, or would if it reached that far.
  func hasDriveway(along: Float, across: Float) -> Bool {
    side(across).hasDriveway(at: foot(along: along, across: across))
  }
}
