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
  /// What the network saw of them; missing where only labels were scored.
  public var coverage: Coverage?
  /// How many scans have no truth and were left out.
  public var unlabelledScans = 0
  /// How many scans could not be read, or only in part, and were left out whole.
  public var damagedScans = 0
  /// How intervals were drawn.
  public var bootstrap: Bootstrap
  /// By the protocol's name.
  public var protocols: [String: ProtocolResult]
  /// The scans with the largest share of wrong points under the headline protocol, the worst first; at
  /// most ten.
  public var worstScans: [ScanScores]
  /// How another model differs; missing where there is none to compare with.
  public var comparison: Comparison?
}

/// What one protocol gives.
public struct ProtocolResult: Equatable, Sendable, Codable {
  /// What became of the points.
  public var counts: PointCounts
  /// Scores by points; other ways of scoring stand beside it.
  public var points: PointScores
  /// What the network saw of the points; missing where only labels were scored.
  public var coverage: Coverage?
  /// Scores by the cells of the range image, in SqueezeSeg's convention; missing where only labels were
  /// scored.
  public var pixels: VariantScores?
  /// Scores by points without those in boxes of KITTI's vans; missing where boxes are not known.
  public var vansIgnored: VariantScores?
  /// Scores by points without those in the lowest 0.15 m of a box, or outside it and within 0.1 m of it;
  /// missing where boxes are not known.
  public var shellIgnored: VariantScores?
  /// Annotated objects that were found; missing where boxes are not known.
  public var boxes: ObjectScores?
  /// How far probabilities can be trusted; missing where only labels were scored.
  public var calibration: Calibration?
  /// Scores of the model in other settings; missing unless they were asked for.
  public var settings: [SettingScores]?
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
  @OrNull public var meanOfAll: Double?
  /// The lower and upper end of the IoU's interval for each class, and `mean`.
  public var interval: [String: [Double]?]
  /// The same, where scans are drawn instead of drives: narrower than it should be.
  public var intervalOverScans: [String: [Double]?]
  /// The mean of the drives' IoU for each class, over the drives in whose truth it occurs, and `mean`,
  /// the mean over classes of these.
  public var meanOverDrives: [String: Double?]
}

/// Scores of the points within a range.
public struct RangeScores: Equatable, Sendable, Codable {
  /// Metres.
  public var from: Double
  /// Metres; null where there is no limit.
  @OrNull public var to: Double?
  /// How many points were scored.
  public var scored: UInt64
  /// Intersection over union of each class, and `mean`.
  public var iou: [String: Double?]
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

/// How one scan came out under the headline protocol.
public struct ScanScores: Equatable, Sendable, Codable {
  /// The recording it belongs to.
  public var drive: String
  /// Its name within the drive.
  public var frame: String
  /// How many points were scored.
  public var scored: UInt64
  /// How many of them were predicted as another class, or as none.
  public var wrong: UInt64

  /// The share of the scored points that are wrong, 0...1; 0 where none is scored.
  public var wrongShare: Double { scored == 0 ? 0 : Double(wrong) / Double(scored) }

  init(_ scan: ProtocolCount.ScanMatrix) {
    drive = scan.drive
    frame = scan.frame
    scored = scan.matrix.scored
    let classes = scan.matrix.classes.indices
    wrong = scored - classes.reduce(0) { $0 + scan.matrix.truePositives($1) }
  }

  /// Whether this scan comes before another in an order from the worst.
  static func isWorse(_ first: Self, _ second: Self) -> Bool {
    (second.wrongShare, first.drive, first.frame) < (first.wrongShare, second.drive, second.frame)
  }
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
