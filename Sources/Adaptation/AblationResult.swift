/// What became of a row: the scores of each seed that is done.
public struct AblationResult: Codable, Equatable, Sendable {
  /// The scores of one seed, 0 to 1.
  public struct Scores: Codable, Equatable, Sendable {
    /// The seed.
    public var seed: Int
    /// Intersection over union by class.
    public var iou: [String: Double]
    /// The same before objects settle, where it was measured.
    public var iouWithoutObjects: [String: Double]
    /// Precision by class.
    public var precision: [String: Double]
    /// Recall by class.
    public var recall: [String: Double]

    /// Scores; see the properties.
    public init(
      seed: Int, iou: [String: Double], iouWithoutObjects: [String: Double],
      precision: [String: Double], recall: [String: Double]
    ) {
      (self.seed, self.iou, self.iouWithoutObjects) = (seed, iou, iouWithoutObjects)
      (self.precision, self.recall) = (precision, recall)
    }
  }

  /// The row's name.
  public var name: String
  /// How many seeds there shall be.
  public var seeds: Int
  /// Those that are done.
  public var scores: [Scores]

  /// A result; see the properties.
  public init(name: String, seeds: Int, scores: [Scores]) {
    (self.name, self.seeds, self.scores) = (name, seeds, scores)
  }

  /// The median of some scores.
  ///
  /// - Returns: nothing where none is done.
  static func median(_ values: [Double]) -> Double? {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return nil }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  /// The median of a score over the seeds, with the lowest and the highest where there are several, in
  /// percent; a dash where none is done.
  func cell(_ values: [Double]) -> String {
    let sorted = values.sorted()
    guard let middle = Self.median(values) else { return "-" }
    func percent(_ value: Double) -> String {
      let tenths = Int((value * 1000).rounded())
      return "\(tenths / 10).\(tenths % 10)"
    }
    guard sorted.count > 1 else { return percent(middle) }
    return "\(percent(middle)) (\(percent(sorted[0])) to \(percent(sorted[sorted.count - 1])))"
  }
}

extension [AblationResult] {
  /// The table in Markdown: a row's scores of one class, its IoU before objects settle, and the IoU of
  /// the others.
  public func table(of label: String, others: [String]) -> String {
    var lines = [
      "| | seeds | \(label) IoU | precision | recall | without objects | "
        + others.map { "\($0) IoU" }.joined(separator: " | ") + " |",
      "|---|---|---|---|---|---|" + String(repeating: "---|", count: others.count),
    ]
    for row in self {
      let cells =
        [
          row.cell(row.scores.compactMap { $0.iou[label] }),
          row.cell(row.scores.compactMap { $0.precision[label] }),
          row.cell(row.scores.compactMap { $0.recall[label] }),
          row.cell(row.scores.compactMap { $0.iouWithoutObjects[label] }),
        ] + others.map { other in row.cell(row.scores.compactMap { $0.iou[other] }) }
      lines.append(
        "| \(row.name) | \(row.scores.count) of \(row.seeds) | "
          + cells.joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n")
  }
}
