import PointClouds

/// How two models differ on the same scans.
public struct Comparison: Equatable, Sendable, Codable {
  /// What the result itself is of.
  public var name: String
  /// What it is compared with.
  public var against: String
  /// By the protocol's name.
  public var protocols: [String: Differences]

  /// The differences under one protocol.
  public struct Differences: Equatable, Sendable, Codable {
    /// The other's intersection over union of each class, and `mean`.
    public var iou: [String: Double?]
    /// By how much the result's IoU is higher than the other's, -1...1.
    public var difference: [String: Double?]
    /// The lower and upper end of the difference's interval over drives, each draw of which both
    /// models share.
    public var interval: [String: [Double]?]
  }
}

extension Tally {
  /// How these scores differ from those of another model on the same scans.
  ///
  /// - Parameters:
  ///   - other: what the other model was scored.
  ///   - names: what this model and the other are called.
  ///   - bootstrap: how intervals are drawn.
  /// - Returns: the differences under each protocol.
  /// - Throws: `mismatched` where the classes, protocols, scans or scored points differ.
  public func comparison(
    with other: Tally, names: (String, String), bootstrap: Bootstrap = Bootstrap()
  ) throws(EvaluationError) -> Comparison {
    guard labelMap.classes.map(\.name) == other.labelMap.classes.map(\.name) else {
      throw EvaluationError(
        .mismatched,
        "\(names.0) has the classes \(Self.list(labelMap)), \(names.1) has \(Self.list(other.labelMap))",
        remedy: "Compare models of the same classes.")
    }
    guard protocols == other.protocols, zip(counted, other.counted).allSatisfy(Self.areOfSameScans)
    else {
      throw EvaluationError(
        .mismatched, "\(names.0) and \(names.1) were not scored on the same points",
        remedy: "Compare models on the same scans, with label maps that read them alike.")
    }
    var comparison = Comparison(name: names.0, against: names.1, protocols: [:])
    for (index, item) in protocols.enumerated() {
      comparison.protocols[item.rawValue] = differences(
        counted[index], other.counted[index], bootstrap)
    }
    return comparison
  }

  private func differences(
    _ first: ProtocolCount, _ second: ProtocolCount, _ bootstrap: Bootstrap
  ) -> Comparison.Differences {
    let names = labelMap.classes.map(\.name) + ["mean"]
    let sets = [first, second].map { $0.drives.map(\.matrix) }
    let measures: [([ConfusionMatrix]) -> Double?] = labelMap.measures.map { measure in
      { sums in
        guard let first = measure(sums[0]), let second = measure(sums[1]) else { return nil }
        return first - second
      }
    }
    let totals = sets.map { $0.sum ?? ConfusionMatrix(classes: labelMap.classes.map(\.name)) }
    let intervals = bootstrap.intervals(of: sets, measures: measures)
    return Comparison.Differences(
      iou: labelMap.named(totals[1].iou),
      difference: Dictionary(uniqueKeysWithValues: zip(names, measures.map { $0(totals) })),
      interval: Dictionary(uniqueKeysWithValues: zip(names, intervals)))
  }

  private static func areOfSameScans(_ first: ProtocolCount, _ second: ProtocolCount) -> Bool {
    first.counts.points == second.counts.points
      && zip(first.sortedScans, second.sortedScans).allSatisfy { one, other in
        one.drive == other.drive && one.frame == other.frame
          && one.matrix.classes.indices.allSatisfy {
            one.matrix.truthCount($0) == other.matrix.truthCount($0)
          }
      } && first.scans.count == second.scans.count
  }

  private static func list(_ map: LabelMap) -> String {
    map.classes.map(\.name).joined(separator: ", ")
  }
}
