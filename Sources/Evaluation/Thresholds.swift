/// Least scores that a model must reach, as `--fail-under car=0.6,miou=0.4` gives them.
public struct Thresholds: Equatable, Sendable {
  /// Names and least IoU, 0...1, in the order given.
  public var least: [Least]

  /// The least IoU of a class.
  public struct Least: Equatable, Sendable {
    /// A class's name, or `mean`.
    public var name: String
    /// 0...1.
    public var iou: Double
  }

  /// A score that was not reached.
  public struct Failure: Equatable, Sendable, CustomStringConvertible {
    /// A class's name, or `mean`.
    public var name: String
    /// What it is; nothing where it is not defined, because the class occurs nowhere.
    public var iou: Double?
    /// What it should be at least.
    public var least: Double

    /// One sentence.
    public var description: String {
      guard let iou else { return "IoU of \(name) is not defined, and should be \(least)" }
      return "IoU of \(name) is \(iou), below \(least)"
    }
  }

  /// Reads `NAME=SCORE` pairs separated by commas; a name is a class's, `mean` or `miou`, which mean
  /// the same.
  ///
  /// - Throws: `invalidThreshold` for another name, a name twice, or a score outside 0...1.
  public init(_ text: String, classes: [String]) throws(EvaluationError) {
    least = []
    for pair in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = pair.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2 else {
        throw Self.invalid("'\(pair)' is not NAME=SCORE", "Write for example car=0.6,miou=0.4.")
      }
      let name = sides[0] == "miou" ? "mean" : String(sides[0])
      guard name == "mean" || classes.contains(name) else {
        throw Self.invalid(
          "there is no class '\(name)'", "Names are \(classes.joined(separator: ", ")) and miou.")
      }
      guard let score = Double(sides[1]), (0...1).contains(score) else {
        throw Self.invalid("'\(sides[1])' is not a score", "Scores are from 0 to 1.")
      }
      guard !least.contains(where: { $0.name == name }) else {
        throw Self.invalid("'\(name)' is given twice", "Give it once.")
      }
      least.append(Least(name: name, iou: score))
    }
  }

  /// The scores that the headline protocol does not reach; empty is a pass.
  public func failures(in result: EvaluationResult) -> [Failure] {
    let scores = result.protocols[result.headline]?.points.iou ?? [:]
    return least.compactMap { least in
      let iou = scores[least.name] ?? nil
      if let iou, iou >= least.iou { return nil }
      return Failure(name: least.name, iou: iou, least: least.iou)
    }
  }

  private static func invalid(_ message: String, _ remedy: String) -> EvaluationError {
    EvaluationError(.invalidThreshold, message, remedy: remedy)
  }
}
