import ArgumentParser
import Exchange

struct ModelsVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check models against their recorded SHA-256 and their figures.",
    discussion: """
      The figures on simulated images are measured anew on the same streets; they may differ by \
      0.01, since processors round differently.

      Example: lidarseg models verify --folder Models/noncommercial
      """)

  /// How far a measured IoU may be from the card's.
  static let tolerance = 0.01

  @OptionGroup var collection: ModelsCommand.CollectionOptions
  @OptionGroup var verb: VerbOptions

  /// What was found of a model.
  struct Finding: Encodable {
    var name: String
    var sha256: String
    var digestAgrees: Bool
    var figures: [Figure]

    var agrees: Bool { digestAgrees && figures.allSatisfy(\.agrees) }
  }

  /// A figure of the card beside the one that was measured.
  struct Figure: Encodable {
    var name: String
    var card: Double
    var measured: Double

    var agrees: Bool { abs(card - measured) <= ModelsVerifyCommand.tolerance }
  }

  func run() throws {
    let holdOut = SimulatedHoldOut(threadCount: verb.threadCount, console: verb.console)
    let models = try collection.models()
    let findings = try models.names.map { try finding($0, of: models, holdOut) }
    if verb.json {
      try verb.console.data(json: ["models": findings])
    } else {
      for finding in findings { try say(finding) }
    }
    let failed = findings.filter { !$0.agrees }.map(\.name)
    guard failed.isEmpty else {
      throw ErrorReport(
        status: .checkFailed, message: "not as its card says: \(failed.joined(separator: ", "))",
        remedy: "build again from an unchanged checkout, and report what does not change")
    }
  }

  private func finding(
    _ name: String, of models: ModelCollection, _ holdOut: SimulatedHoldOut
  ) throws -> Finding {
    let model = try models.model(named: name)
    let digests = models.digests(ofModelNamed: name)
    let measured = try holdOut.figures(of: model)
    let figures = model.description.card.figures.sorted { $0.key < $1.key }.compactMap { figure in
      measured[figure.key].map { Figure(name: figure.key, card: figure.value, measured: $0) }
    }
    return Finding(
      name: name, sha256: digests.found ?? "", digestAgrees: digests.recorded == digests.found,
      figures: figures)
  }

  private func say(_ finding: Finding) throws {
    let digest = finding.digestAgrees ? "as recorded" : "NOT as recorded"
    try verb.console.data("\(finding.name): SHA-256 \(finding.sha256) \(digest)")
    for figure in finding.figures {
      try verb.console.data(
        "  \(figure.name): \(figure.card.rounded(to: 4)) on the card, "
          + "\(figure.measured.rounded(to: 4)) measured\(figure.agrees ? "" : ": DIFFERS")")
    }
  }
}

extension Double {
  /// The nearest number with so many digits behind the point.
  fileprivate func rounded(to digits: Int) -> Double {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    return (self * scale).rounded() / scale
  }
}
