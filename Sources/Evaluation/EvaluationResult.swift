/// Everything that is told of a model; its JSON is the program's.
///
/// Numbers that are not defined (the IoU of a class that occurs nowhere) are null.
public struct EvaluationResult: Equatable, Sendable, Codable {
  /// The label map's name.
  public var labelMap: String
  /// The names of the classes in the order of confusion matrices.
  public var classes: [String]
  /// How many scans were scored.
  public var scans: Int
  /// The protocol that `counts` and thresholds are of.
  public var headline: String
  /// What became of the points under the headline protocol.
  public var counts: PointCounts
  /// How intervals were drawn.
  public var bootstrap: Bootstrap
  /// By the protocol's name.
  public var protocols: [String: ProtocolResult]
}

/// What one protocol gives.
public struct ProtocolResult: Equatable, Sendable, Codable {
  /// What became of the points.
  public var counts: PointCounts
  /// Scores by points; other ways of scoring stand beside it.
  public var points: PointScores
  /// Scores by range, the nearest first.
  public var ranges: [RangeScores]
  /// Scores by drive, in the order of their names.
  public var drives: [DriveScores]
  /// How often each class was taken for each other.
  public var confusion: Confusion
}

/// Scores by class name, 0...1, null where not defined.
///
/// `mean` is over the classes other than the one that reads the rest, as SqueezeSeg's authors report it.
public struct PointScores: Equatable, Sendable, Codable {
  /// Intersection over union of each class, and `mean`.
  public var iou: [String: Double?]
  /// Precision of each class, and `mean`.
  public var precision: [String: Double?]
  /// Recall of each class, and `mean`.
  public var recall: [String: Double?]
  /// Mean IoU over all classes, the rest included.
  public var meanOfAll: Double?
  /// The lower and upper end of the IoU's interval for each class, and `mean`.
  public var interval: [String: [Double]?]
  /// The mean of the drives' IoU for each class, over the drives in whose truth it occurs, and `mean`,
  /// the mean over classes of these.
  public var meanOverDrives: [String: Double?]
}

/// Scores of the points within a range.
public struct RangeScores: Equatable, Sendable, Codable {
  /// Metres.
  public var from: Double
  /// Metres; null where there is no limit.
  public var to: Double?
  /// How many points were scored.
  public var scored: UInt64
  /// Intersection over union of each class, and `mean`.
  public var iou: [String: Double?]

  private enum CodingKeys: String, CodingKey {
    case from
    case to
    case scored
    case iou
  }

  /// Writes a missing limit as null rather than not at all.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(from, forKey: .from)
    try container.encode(to, forKey: .to)
    try container.encode(scored, forKey: .scored)
    try container.encode(iou, forKey: .iou)
  }
}

/// Scores of one drive.
public struct DriveScores: Equatable, Sendable, Codable {
  /// The drive's name.
  public var name: String
  /// How many scans of it were scored.
  public var scans: Int
  /// How many points were scored.
  public var scored: UInt64
  /// Intersection over union of each class, and `mean`.
  public var iou: [String: Double?]
}

/// A confusion matrix for reading.
public struct Confusion: Equatable, Sendable, Codable {
  /// The names of rows and columns.
  public var classes: [String]
  /// `[truth][prediction]`: how many points.
  public var counts: [[UInt64]]
  /// `[truth]`: how many points were predicted as no class.
  public var missed: [UInt64]

  init(_ matrix: ConfusionMatrix) {
    let size = matrix.classes.count
    classes = matrix.classes
    counts = (0..<size).map { Array(matrix.counts[$0 * size..<($0 + 1) * size]) }
    missed = matrix.missed
  }
}
