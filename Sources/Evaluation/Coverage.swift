import RangeImages

/// What the network saw of the points: `points == visible + shadowed + outside + invalid + ignored`.
public struct Coverage: Equatable, Sendable, Codable {
  /// All points of the scans.
  public var points: UInt64 = 0
  /// Scored points that a cell of the image shows.
  public var visible: UInt64 = 0
  /// Scored points that share a cell with a nearer one: they take its label, or its neighbours'.
  public var shadowed: UInt64 = 0
  /// Scored points beside, above, below or beyond the image: they are labelled 0.
  public var outside: UInt64 = 0
  /// Scored points without a position: they are labelled 0.
  public var invalid: UInt64 = 0
  /// Points that are not scored.
  public var ignored: UInt64 = 0
  /// The same of the scored points of each class.
  public var byClass: [String: ByFate] = [:]

  /// Scored points by what became of them.
  public struct ByFate: Equatable, Sendable, Codable {
    /// Points that a cell shows.
    public var visible: UInt64 = 0
    /// Points that share a cell with a nearer one.
    public var shadowed: UInt64 = 0
    /// Points that have no cell.
    public var outside: UInt64 = 0
    /// Points without a position.
    public var invalid: UInt64 = 0
  }
}

/// The scored points of some scans by class and fate.
struct CoverageCount: Equatable, Sendable, Codable {
  /// How many of the scans have an image.
  private(set) var scans = 0
  private var ignored: UInt64 = 0
  /// `[K, fates]`, row by row.
  private var counts: [UInt64]

  init(classCount: Int) {
    counts = Array(repeating: 0, count: classCount * PointFate.allCases.count)
  }

  mutating func add(_ points: ScoredPoints, fates: [PointFate]) {
    scans += 1
    ignored += points.counts.ignored
    for (position, fate) in zip(points.truth, fates) where position != ScoredPoints.none {
      counts[position * PointFate.allCases.count + Int(fate.rawValue)] += 1
    }
  }

  static func += (sum: inout Self, other: Self) {
    sum.scans += other.scans
    sum.ignored += other.ignored
    for index in sum.counts.indices { sum.counts[index] += other.counts[index] }
  }

  /// The counts by name, or nothing where no scan has an image.
  func result(_ classes: [String]) -> Coverage? {
    guard scans > 0 else { return nil }
    var coverage = Coverage(points: ignored, ignored: ignored)
    for (position, name) in classes.enumerated() {
      let fates = PointFate.allCases.map { fate in
        counts[position * PointFate.allCases.count + Int(fate.rawValue)]
      }
      let part = Coverage.ByFate(
        visible: fates[0], shadowed: fates[1], outside: fates[2], invalid: fates[3])
      coverage.byClass[name] = part
      coverage.visible += part.visible
      coverage.shadowed += part.shadowed
      coverage.outside += part.outside
      coverage.invalid += part.invalid
      coverage.points += fates.reduce(0, +)
    }
    return coverage
  }
}
