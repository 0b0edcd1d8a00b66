import Randomness

/// The decisions that all parts of a street share.
struct StreetPlan: Sendable {
  var style: StreetStyle
  var main: Street
  /// The side streets, outwards.
  var arms: [Street] = []
  /// Where houses or trees stand across the street and end it, behind and ahead.
  var ends: [Float] = []
  /// How many people, and vehicles on the move, there are compared with the mean of the style.
  var bustle: Float = 1
  var traffic: Float = 1
  /// Speed of the traffic that flows, in m/s.
  var flowSpeed: Float = 12

  /// Seconds for which the street is looked at, and how far the ego vehicle may get in them, in
  /// metres.
  let duration: Double
  private(set) var travel: Float = 0

  /// How far the street reaches, in metres along it from where the ego vehicle starts.
  var extent: ClosedRange<Float> { -110...130 + travel }
  /// How far to its sides the ground reaches.
  static let breadth: Float = 110

  init(_ configuration: StreetConfiguration, key: RandomKey, duration: Double = 0) {
    self.duration = duration
    var random = key.key(.street).stream
    style = random.pick(configuration.styles.choices)
    main = Street()
    main.axis = Self.axis(configuration, style, &random)
    main.ground.left = RoadSide(style, &random)
    main.ground.right = RoadSide(style, &random)
    let lanes = random.pick(Self.laneCounts(style))
    for side in [\Ground.left, \Ground.right] {
      main.ground[keyPath: side].laneWidth = main.ground.left.laneWidth
      main.ground[keyPath: side].laneCount = lanes
      main.ground[keyPath: side].kerbHeight = main.ground.left.kerbHeight
      main.ground[keyPath: side].slope *= configuration.slopes
      main.ground[keyPath: side].hill *= configuration.slopes
    }
    main.ground.crown = random.uniform(0.01...0.03)
    main.ground.phases =
      SIMD4<Float>(
        random.uniform(), random.uniform(), random.uniform(), random.uniform()) * (2 * .pi)
    // The ego vehicle keeps to the middle of its lane; its lane passes through the origin.
    main.axis.origin.y = (Float(lanes) - 0.5) * main.ground.right.laneWidth
    main.axis.origin.z = -main.relief(along: 0, across: -main.axis.origin.y)
    bustle = random.chance(0.4) ? 0 : random.exponential(mean: 2)
    traffic = random.exponential(mean: 1.05)
    flowSpeed = style == .arterial ? random.uniform(11...16) : random.uniform(7...13)
    travel = fastestEgo * Float(duration)
    ends = ends(configuration, key)
    addJunctions(configuration, key)
    addDriveways(key)
    addCourtyards(key)
  }

  private static func axis(
    _ configuration: StreetConfiguration, _ style: StreetStyle, _ random: inout RandomStream
  ) -> StreetAxis {
    var axis = StreetAxis()
    let isCurved = random.chance(configuration.curves)
    let curvature = random.normal(0, 0.0028, within: -0.0055...0.0055)
    axis.curvature = isCurved ? curvature : 0
    axis.slope = random.normal(0, 0.013, within: -0.05...0.05) * configuration.slopes
    axis.slopeChange = random.normal(0, 0.0002, within: -0.0005...0.0005) * configuration.slopes
    return axis
  }

  /// Chooses where the street ends within sight: few real streets are seen to the horizon.
  private func ends(_ configuration: StreetConfiguration, _ key: RandomKey) -> [Float] {
    var random = key.key(.street, 4).stream
    return [Float(-1), 1].compactMap { side in
      guard random.chance(configuration.vistas) else { return nil }
      return side * random.uniform(34...75) + (side > 0 ? travel : 0)
    }
  }

  /// The greatest speed of the ego vehicle, in m/s.
  var fastestEgo: Float { min(14, flowSpeed * 1.1) }

  /// How many times as many things as usual stand beside it, since it is that much longer.
  var stretch: Float { 1 + travel / 100 }

  /// A place that was chosen around the start of the way, moved along it.
  func moved(_ along: Float, _ random: inout RandomStream) -> Float {
    travel > 0 ? along + travel * random.uniform() : along
  }

  /// Distance along the street to the part of it that the ego vehicle may drive, in metres.
  func distanceAlong(_ along: Float) -> Float {
    max(0, along - travel, -along)
  }

  /// Whether something that would cross the street's side is kept out by an end of the street.
  func isAtEnd(_ along: Float, margin: Float) -> Bool {
    ends.contains { along * ($0 < 0 ? -1 : 1) > abs($0) - margin }
  }

  private static func laneCounts(_ style: StreetStyle) -> [(Int, weight: Float)] {
    switch style {
    case .residential, .campus: [(1, 1)]
    case .city: [(1, 0.75), (2, 0.25)]
    case .arterial: [(1, 0.55), (2, 0.45)]
    }
  }
}
