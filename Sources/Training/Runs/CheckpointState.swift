package import Kernels

/// What a training run knows of itself besides its tensors.
package struct CheckpointState: Codable, Equatable, Sendable {
  /// Steps that are done.
  package var step: Int
  /// The best validation score so far, where one was taken; finite.
  package var bestScore: Double?
  /// The step after which it was taken.
  package var bestStep: Int?
  /// The resolved recipe as text.
  package var recipe: String
  /// The seed of everything that is drawn.
  package var seed: UInt64
  /// How many processes trained together.
  package var ranks: Int
  /// Threads of each of them.
  package var threads: Int
  /// Whose kernels computed; missing in checkpoints of before there were several.
  package var backend: String?
  /// The version of the program that wrote it.
  package var program: String

  /// A state; see the properties.
  package init(
    step: Int, bestScore: Double? = nil, bestStep: Int? = nil, recipe: String, seed: UInt64,
    ranks: Int, threads: Int, backend: String?, program: String
  ) {
    self.step = step
    self.bestScore = bestScore
    self.bestStep = bestStep
    self.recipe = recipe
    self.seed = seed
    self.ranks = ranks
    self.threads = threads
    self.backend = backend
    self.program = program
  }

  /// Refuses to go on with another recipe than the one it began with.
  ///
  /// - Throws: `.mismatched` with the lines that differ.
  package func check(recipe: String, path: String? = nil) throws(TrainingError) {
    try RecipeText.check(recipe, against: self.recipe, path: path)
  }

  /// Refuses to go on in another way, by which the weights would not be the same.
  ///
  /// - Throws: `.mismatched`.
  package func check(
    ranks: Int, threads: Int, backend: Backend, path: String
  ) throws(TrainingError) {
    guard self.ranks == ranks, self.threads == threads else {
      throw TrainingError(
        .mismatched,
        "the run was trained by \(self.ranks) processes of \(self.threads) threads, not "
          + "\(ranks) of \(threads): its weights would not be the same",
        remedy: "use as many processes, and --threads \(self.threads)", path: path)
    }
    if let stored = self.backend, stored != backend.rawValue {
      throw TrainingError(
        .mismatched,
        "the run was trained by the kernels \(stored), not \(backend.rawValue): its weights would "
          + "not be the same",
        remedy: "use --backend \(stored), on a machine that has it", path: path)
    }
  }
}

/// Compares resolved recipes, which are texts of a line for each setting.
enum RecipeText {
  /// As many differing lines of each recipe are named.
  private static let namedCount = 5

  /// - Throws: `.mismatched` with the lines that differ, where any do.
  static func check(
    _ asked: String, against stored: String, path: String?
  ) throws(TrainingError) {
    let difference = lines(of: asked).difference(from: lines(of: stored))
    guard !difference.isEmpty else { return }
    let parts = [
      named(difference.removals, as: "it has"), named(difference.insertions, as: "asked for is"),
    ]
    throw TrainingError(
      .mismatched,
      "the run was begun with another recipe: "
        + parts.compactMap { $0 }.joined(separator: "; "),
      remedy: "give the recipe and settings of this run, or train in another folder", path: path)
  }

  private static func lines(of text: String) -> [Substring] {
    text.split(separator: "\n")
  }

  private static func named(
    _ changes: [CollectionDifference<Substring>.Change], as head: String
  ) -> String? {
    guard !changes.isEmpty else { return nil }
    let texts = changes.prefix(namedCount).map { change in
      switch change {
      case .insert(_, let line, _), .remove(_, let line, _): "\"\(line)\""
      }
    }
    let rest = changes.count - texts.count
    return "\(head) \(texts.joined(separator: ", "))" + (rest > 0 ? " and \(rest) more" : "")
  }
}
