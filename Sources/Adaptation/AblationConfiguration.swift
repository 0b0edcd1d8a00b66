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
      guard row.from == nil || row.model == nil, row.begins || (row.verb ?? .train) == .train else {
        throw TrainingError(
          .invalidConfiguration, "\"\(row.name)\" begins with no model, or with two",
          remedy: "name either a row by `from` or a model by `model`")
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
    /// `lidarseg calibrate`, of the row that `from` names.
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
  /// `{target}`, `{data}`, `{labelled}` and `{row:NAME}` stand for the target's scans, the simulated
  /// sweeps, the labelled scans that may be learned from, and the model of a row before, of the same seed.
  public var settings: [String]?
  /// Further options of the verb, as on its command line, with the same names in their places.
  public var options: [String]?
  /// Settings of the simulator, for a row with streets of its own.
  public var simulation: [String]?
  /// The row whose model it begins with.
  public var from: String?
  /// The bundled model or the file that it begins with, where that is none of a row.
  public var model: String?
  /// Whether it is measured: `true` unless said, `false` for what other rows need.
  public var isMeasured: Bool?
  /// How many seeds; 1 unless said.
  public var seeds: Int?
  /// The curves that it is a point of.
  public var curves: [CurvePoint]?

  /// A row of this name; see the properties.
  public init(name: String, curves: [CurvePoint]? = nil) {
    (self.name, self.curves) = (name, curves)
  }

  /// A place on a curve of scores over a number.
  public struct CurvePoint: Codable, Equatable, Sendable {
    /// What the number counts, such as "target scans".
    public var over: String
    /// The number.
    public var at: Double

    /// A place; see the properties.
    public init(over: String, at: Double) {
      (self.over, self.at) = (over, at)
    }
  }

  /// Whether it begins with a model.
  var begins: Bool { from != nil || model != nil }

  /// Whether labelled scans have to be named for it.
  public var learnsFromLabels: Bool {
    ((settings ?? []) + (options ?? [])).contains { $0.contains("{labelled}") }
  }

  /// The name of its folder: letters and digits of its name, and dashes for the rest.
  public var folder: String {
    let words = name.lowercased().split { !($0.isLetter || $0.isNumber) }
    return words.joined(separator: "-")
  }
}
