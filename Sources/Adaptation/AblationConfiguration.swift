public import Training

/// A table of trainings, each of which does one thing otherwise.
public struct AblationConfiguration: Codable, Equatable, Sendable {
  /// Simulated sweeps that rows learn from.
  public var scenes = 4000
  /// Simulated sweeps that weights are validated by.
  public var validationScenes = 160
  /// What the rows have in common: settings of every training recipe, `a.b=value`.
  public var settings: [String] = []
  /// The rows, each after those it begins with.
  public var rows: [AblationRow] = []

  /// No rows.
  public init() {}

  /// Checks that rows can be told apart and begin with rows before them.
  ///
  /// - Throws: `.invalidConfiguration`, naming the row.
  public func validate() throws(TrainingError) {
    var known: Set<String> = []
    for row in rows {
      guard !row.folder.isEmpty, known.insert(row.folder).inserted else {
        throw TrainingError(
          .invalidConfiguration, "two rows are called \"\(row.name)\", or one has no name",
          remedy: "give each row a name of its own")
      }
      if let from = row.from,
        !rows.contains(where: { $0.name == from && known.contains($0.folder) })
      {
        throw TrainingError(
          .invalidConfiguration,
          "\"\(row.name)\" begins with \"\(from)\", which is no row before it",
          remedy: "name one of the rows above it")
      }
      guard (1...20).contains(row.seeds ?? 1) else {
        throw TrainingError(
          .invalidConfiguration, "\"\(row.name)\" has \(row.seeds ?? 1) seeds",
          remedy: "use 1 to 20 seeds")
      }
    }
    guard !rows.isEmpty, scenes > 0, validationScenes > 0 else {
      throw TrainingError(
        .invalidConfiguration, "there are no rows, or no scenes to learn from",
        remedy: "give rows, scenes and validationScenes")
    }
  }
}

/// A row of an ablation: a training or an adaptation, with one seed or several.
public struct AblationRow: Codable, Equatable, Sendable {
  /// What makes it.
  public enum Verb: String, Codable, Sendable {
    /// `lidarseg train`.
    case train
    /// `lidarseg adapt`, from the row that `from` names.
    case adapt
    /// `lidarseg calibrate`, of the row that `from` names, with `settings` as its options.
    case calibrate
  }

  /// What the table calls it.
  public var name: String
  /// What makes it; `train` unless said.
  public var verb: Verb?
  /// The recipe: a shipped name or a file.
  public var recipe: String?
  /// Settings of the recipe.
  ///
  /// `{target}`, `{data}` and `{row:NAME}` stand for the target's scans, the simulated sweeps, and the
  /// model of a row before, of the same seed.
  public var settings: [String]?
  /// Settings of the simulator, for a row with streets of its own.
  public var simulation: [String]?
  /// The row whose model it begins with.
  public var from: String?
  /// Whether it is measured: `true` unless said, `false` for what other rows need.
  public var isMeasured: Bool?
  /// How many seeds; 1 unless said.
  public var seeds: Int?

  /// The name of its folder: letters and digits of its name, and dashes for the rest.
  public var folder: String {
    let words = name.lowercased().split { !($0.isLetter || $0.isNumber) }
    return words.joined(separator: "-")
  }
}

/// What became of a row: the scores of each seed that is done.
public struct AblationResult: Codable, Equatable, Sendable {
  /// The scores of one seed, 0 to 1.
  public struct Scores: Codable, Equatable, Sendable {
    /// The seed.
    public var seed: Int
    /// Intersection over union by class.
    public var iou: [String: Double]
    /// Precision by class.
    public var precision: [String: Double]
    /// Recall by class.
    public var recall: [String: Double]

    /// Scores; see the properties.
    public init(
      seed: Int, iou: [String: Double], precision: [String: Double], recall: [String: Double]
    ) {
      (self.seed, self.iou, self.precision, self.recall) = (seed, iou, precision, recall)
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

  /// The median of a score over the seeds, with the lowest and the highest where there are several, in
  /// percent; a dash where none is done.
  func cell(_ values: [Double]) -> String {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return "-" }
    func percent(_ value: Double) -> String {
      let tenths = Int((value * 1000).rounded())
      return "\(tenths / 10).\(tenths % 10)"
    }
    let middle =
      (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    guard sorted.count > 1 else { return percent(middle) }
    return "\(percent(middle)) (\(percent(sorted[0])) to \(percent(sorted[sorted.count - 1])))"
  }
}

extension [AblationResult] {
  /// The table in Markdown: a row's scores of one class, and the IoU of the others.
  public func table(of label: String, others: [String]) -> String {
    var lines = [
      "| | seeds | \(label) IoU | precision | recall | "
        + others.map { "\($0) IoU" }.joined(separator: " | ") + " |",
      "|---|---|---|---|---|" + String(repeating: "---|", count: others.count),
    ]
    for row in self {
      let cells =
        [
          row.cell(row.scores.compactMap { $0.iou[label] }),
          row.cell(row.scores.compactMap { $0.precision[label] }),
          row.cell(row.scores.compactMap { $0.recall[label] }),
        ] + others.map { other in row.cell(row.scores.compactMap { $0.iou[other] }) }
      lines.append(
        "| \(row.name) | \(row.scores.count) of \(row.seeds) | "
          + cells.joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n")
  }
}
