import PointClouds

/// Scores by another way of counting than the headline's.
public struct VariantScores: Equatable, Sendable, Codable {
  /// How many scans can be counted this way; the others are left out.
  public var scans: Int
  /// How many points, or pixels, were scored.
  public var scored: UInt64
  /// Intersection over union of each class, and `mean`.
  public var iou: [String: Double?]
  /// Precision of each class, and `mean`.
  public var precision: [String: Double?]
  /// Recall of each class, and `mean`.
  public var recall: [String: Double?]
}

/// The counts of one of the other ways of counting.
struct VariantCount: Equatable, Sendable, Codable {
  /// How many scans can be counted this way.
  private(set) var scans = 0
  private(set) var matrix: ConfusionMatrix

  init(classes: [String]) {
    matrix = ConfusionMatrix(classes: classes)
  }

  mutating func add(_ scan: ConfusionMatrix) {
    scans += 1
    matrix += scan
  }

  static func += (sum: inout Self, other: Self) {
    sum.scans += other.scans
    sum.matrix += other.matrix
  }

  /// The scores, or nothing where no scan can be counted this way.
  func result(_ labelMap: LabelMap) -> VariantScores? {
    guard scans > 0 else { return nil }
    return VariantScores(
      scans: scans, scored: matrix.scored, iou: labelMap.named(matrix.iou),
      precision: labelMap.named(matrix.precision), recall: labelMap.named(matrix.recall))
  }
}

extension LabelMap {
  /// A measure by class name, and its mean over the objects for which it is defined.
  func named(_ measure: (Int) -> Double?) -> [String: Double?] {
    let values = classes.indices.map(measure)
    var named = [String: Double?](
      uniqueKeysWithValues: zip(classes.map(\.name), values))
    named["mean"] = .some(mean(objectPositions.compactMap { values[$0] }))
    return named
  }
}
