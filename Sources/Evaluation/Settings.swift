/// Scores by points of the model in one of its settings.
public struct SettingScores: Equatable, Sendable, Codable {
  /// Whether a recurrent CRF refines the network's scores; missing where the network has none.
  public var usesCRF: Bool?
  /// Whether objects settle on classes of their size first.
  public var usesObjects: Bool
  /// Whether the nearest neighbours vote on a point's label; otherwise it is its cell's.
  public var usesVote: Bool
  /// Intersection over union of each class, and `mean`.
  public var iou: [String: Double?]
  /// Precision of each class, and `mean`.
  public var precision: [String: Double?]
  /// Recall of each class, and `mean`.
  public var recall: [String: Double?]
}

extension EvaluationResult {
  /// Puts the scores of a setting beside each protocol's.
  public mutating func add(
    setting result: EvaluationResult, usesCRF: Bool?, usesObjects: Bool, usesVote: Bool
  ) {
    for (name, other) in result.protocols {
      let scores = SettingScores(
        usesCRF: usesCRF, usesObjects: usesObjects, usesVote: usesVote,
        iou: other.points.iou, precision: other.points.precision, recall: other.points.recall)
      let before = protocols[name]?.settings ?? []
      protocols[name]?.settings = before + [scores]
    }
  }
}
