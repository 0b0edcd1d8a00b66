public import PointClouds

/// What was counted so far, scan by scan; the tallies of several threads or machines are summed.
///
/// It keeps one confusion matrix per scan and protocol, and sums of all else.
public struct Tally: Equatable, Sendable, Codable {
  /// What raw ids of truth and prediction mean.
  public let labelMap: LabelMap
  /// The protocols that are counted, the headline first.
  public let protocols: [EvaluationProtocol]
  /// One entry per protocol.
  private(set) var counted: [ProtocolCount]

  /// How many scans were counted.
  public var scanCount: Int { counted[0].scans.count }

  /// Nothing counted yet.
  ///
  /// - Precondition: there is a protocol.
  public init(
    labelMap: LabelMap, protocols: [EvaluationProtocol] = EvaluationProtocol.allCases
  ) {
    precondition(!protocols.isEmpty, "a tally needs a protocol")
    self.labelMap = labelMap
    self.protocols = protocols
    let classes = labelMap.classes.map(\.name)
    counted = protocols.map { ProtocolCount($0, classes: classes) }
  }

  /// Counts a scan.
  ///
  /// Truth that the label map ignores or does not know is not scored. A prediction that it ignores or
  /// does not know claims nothing: it counts as the class that reads the rest, so that it is wrong for an
  /// object and right for background; where no class reads the rest, it is wrong for every class.
  /// - Returns: how it came out under the headline protocol.
  /// - Throws: `mismatched` where there are not as many labels as points.
  @discardableResult public mutating func add(
    _ scan: EvaluatedScan
  ) throws(EvaluationError) -> ScanScores {
    try scan.check()
    let places = scan.boxes.map { BoxPlaces(scan.cloud, $0) }
    for (index, item) in protocols.enumerated() {
      counted[index].add(scan, places: places, under: item, labelMap: labelMap)
    }
    return ScanScores(counted[0].scans[scanCount - 1])
  }

  /// Adds another tally's counts.
  ///
  /// - Throws: `mismatched` where the label maps or protocols differ.
  public mutating func merge(_ other: Tally) throws(EvaluationError) {
    guard labelMap == other.labelMap, protocols == other.protocols else {
      throw EvaluationError(
        .mismatched, "the tallies have different label maps or protocols",
        remedy: "Count all scans with the same ones.")
    }
    for index in counted.indices { counted[index] += other.counted[index] }
  }
}

/// What became of the points: `points == scored + ignored`.
public struct PointCounts: Equatable, Sendable, Codable {
  /// All points of the scans.
  public var points: UInt64 = 0
  /// Points that were scored.
  public var scored: UInt64 = 0
  /// Points that were not: their truth is not known, or they lie outside the protocol's window.
  public var ignored: UInt64 = 0
  /// Points whose truth is none of the data set's ids; they are among the ignored.
  public var unknownTruth: UInt64 = 0
  /// Scored points whose prediction is an id that the label map ignores: 0, "unlabelled", as a rule.
  public var unlabelledPredictions: UInt64 = 0
  /// Scored points whose prediction is none of the data set's ids.
  public var unknownPredictions: UInt64 = 0

  static func += (counts: inout Self, other: Self) {
    counts.points += other.points
    counts.scored += other.scored
    counts.ignored += other.ignored
    counts.unknownTruth += other.unknownTruth
    counts.unlabelledPredictions += other.unlabelledPredictions
    counts.unknownPredictions += other.unknownPredictions
  }
}
