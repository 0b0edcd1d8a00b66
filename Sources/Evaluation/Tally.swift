public import PointClouds

/// What was counted so far, scan by scan: its size does not grow with the number of scans, and the
/// tallies of several threads or machines are summed.
public struct Tally: Equatable, Sendable, Codable {
  /// What raw ids of truth and prediction mean.
  public let labelMap: LabelMap
  /// The protocols that are counted, the headline first.
  public let protocols: [EvaluationProtocol]
  /// How many scans were counted.
  public private(set) var scanCount = 0
  /// One entry per protocol.
  private(set) var counted: [Counted]

  /// The counts of one protocol.
  struct Counted: Equatable, Sendable, Codable {
    var counts = PointCounts()
    /// Per drive, so that drives can be resampled.
    var drives: [String: ConfusionMatrix] = [:]
    var scansOfDrive: [String: Int] = [:]
    /// One per range.
    var ranges: [ConfusionMatrix]
  }

  /// Nothing counted yet.
  ///
  /// - Precondition: there is a protocol.
  public init(
    labelMap: LabelMap, protocols: [EvaluationProtocol] = EvaluationProtocol.allCases
  ) {
    precondition(!protocols.isEmpty, "a tally needs a protocol")
    self.labelMap = labelMap
    self.protocols = protocols
    let empty = ConfusionMatrix(classes: labelMap.classes.map(\.name))
    counted = protocols.map { Counted(ranges: Array(repeating: empty, count: $0.rangeCount)) }
  }

  /// Counts a scan.
  ///
  /// Both `truth` and `prediction` hold one label per point, of which only the semantic half counts.
  /// Truth that the label map ignores or does not know is not scored. A prediction that it ignores or
  /// does not know claims nothing: it counts as the class that reads the rest, so that it is wrong for an
  /// object and right for background; where no class reads the rest, it is wrong for every class.
  /// - Throws: `mismatched` where there are not as many labels as points.
  public mutating func add(
    drive: String, cloud: PointCloud, truth: [PointLabel], prediction: [PointLabel]
  ) throws(EvaluationError) {
    for (what, labels) in [("of truth", truth), ("predicted", prediction)]
    where labels.count != cloud.count {
      throw EvaluationError(
        .mismatched, "\(labels.count) labels \(what) for \(cloud.count) points",
        remedy: "Compare labels of the same scan.")
    }
    scanCount += 1
    let restPosition = labelMap.restPosition
    for (index, item) in protocols.enumerated() {
      var scan = ScanCount(of: item, labelMap: labelMap, restPosition: restPosition)
      scan.count(cloud, truth: truth, prediction: prediction)
      counted[index].add(scan, drive: drive)
    }
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
    scanCount += other.scanCount
    for index in counted.indices { counted[index].merge(other.counted[index]) }
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

extension Tally.Counted {
  mutating func add(_ scan: ScanCount, drive: String) {
    counts += scan.counts
    drives[drive, default: ConfusionMatrix(classes: scan.matrix.classes)] += scan.matrix
    scansOfDrive[drive, default: 0] += 1
    for index in ranges.indices { ranges[index] += scan.ranges[index] }
  }

  mutating func merge(_ other: Self) {
    counts += other.counts
    for (drive, matrix) in other.drives {
      drives[drive, default: ConfusionMatrix(classes: matrix.classes)] += matrix
    }
    scansOfDrive.merge(other.scansOfDrive, uniquingKeysWith: +)
    for index in ranges.indices { ranges[index] += other.ranges[index] }
  }
}
