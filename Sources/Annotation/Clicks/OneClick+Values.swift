extension OneClick {
  /// How points are joined and boxes fitted.
  public struct Configuration: Equatable, Sendable {
    /// How far apart neighbours may be, in metres; the first with which no object becomes larger than
    /// its class allows is taken.
    public var reaches: [Double]
    /// The least reach, per metre from the sensor: neighbouring beams are that far apart.
    public var reachPerRange: Double
    /// How the direction of a box is found.
    public var criterion: RectangleFit.Criterion
    /// What distances from an edge count as at least, in metres: as much as points scatter.
    public var leastDistance: Double

    /// A configuration; see the properties.
    public init(
      reaches: [Double] = [0.8, 0.6, 0.45, 0.35, 0.25, 0.18], reachPerRange: Double = 0.008,
      criterion: RectangleFit.Criterion = .closeness, leastDistance: Double = 0.1
    ) {
      self.leastDistance = leastDistance
      self.reaches = reaches
      self.reachPerRange = reachPerRange
      self.criterion = criterion
    }
  }

  /// What is known of an object from elsewhere, as from its track.
  public struct Knowledge: Equatable, Sendable {
    /// Length and width in metres.
    public var size: SIMD2<Double>
    /// The azimuth of its length, in radians.
    public var heading: Double
    /// How far the heading may be off, in radians.
    public var headingTolerance: Double

    /// What is known; see the properties.
    public init(size: SIMD2<Double>, heading: Double, headingTolerance: Double) {
      self.size = size
      self.heading = heading
      self.headingTolerance = headingTolerance
    }
  }

  /// An object as a click makes it.
  public struct Proposal: Equatable, Sendable {
    /// The box around the whole object.
    public var box: OrientedBox
    /// Its points that stand on the ground, in rising order.
    public var points: [Int]
    /// How far the box can be trusted.
    public var quality: Quality
  }

  /// How far a box can be trusted.
  public struct Quality: Equatable, Codable, Sendable {
    /// Points that hang together with the click.
    public var pointCount: Int
    /// Length and width of what was seen, in metres.
    public var seen: SIMD2<Double>
    /// Whether the length comes from the class or the track and not from points.
    public var isLengthGuessed: Bool
    /// Whether the width comes from the class or the track.
    public var isWidthGuessed: Bool
    /// How far apart neighbours were, at most, in metres.
    public var reach: Double
    /// Whether the points are still more than the class allows: something touches the object.
    public var isCut: Bool
  }
}
