import Pictures

extension EvaluationResult {
  /// The result as plain text in aligned columns, the headline protocol first.
  ///
  /// - Parameter showsShares: whether the confusion is told in percent of the truth, too.
  /// - Returns: lines.
  public func table(showsShares: Bool = false) -> String {
    let names = [headline] + protocols.keys.filter { $0 != headline }.sorted()
    return names.compactMap { name in
      protocols[name].map { section(name, $0, showsShares: showsShares) }
    }.joined(separator: "\n")
  }

  private func section(_ name: String, _ result: ProtocolResult, showsShares: Bool) -> String {
    var tables = [scoreTable(result)]
    if let comparison, let differences = comparison.protocols[name] {
      tables.append(differenceTable(comparison, differences, result.points.iou))
    }
    tables += self.tables(result) + [result.confusion.countTable]
    if showsShares { tables.append(result.confusion.shareTable) }
    let lines = remarks(name, result) + tables.flatMap { [""] + TextTable(rows: $0.rows).lines }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What became of scans and points, in sentences.
  func remarks(_ name: String, _ result: ProtocolResult) -> [String] {
    let counts = result.counts
    var lines = [
      "\(name): \(scans) scans, \(counts.points) points, \(counts.scored) scored, "
        + "\(counts.ignored) ignored"
    ]
    if counts.unknownTruth > 0 {
      lines.append("unknown ids in truth: \(counts.unknownTruth) points, ignored")
    }
    if counts.unlabelledPredictions + counts.unknownPredictions > 0 {
      lines.append(
        "predictions that name no class: \(counts.unlabelledPredictions) unlabelled, "
          + "\(counts.unknownPredictions) unknown ids")
    }
    if damagedScans > 0 { lines.append("damaged scans: \(damagedScans), left out") }
    return lines
  }

  /// How another model differs, its intervals over drives.
  func differenceTable(
    _ comparison: Comparison, _ differences: Comparison.Differences, _ own: [String: Double?]
  ) -> ReportTable {
    let percent = Int((bootstrap.coverage * 100).rounded())
    let head = ["IoU", comparison.name, comparison.against, "difference", "\(percent) % of drives"]
    let rows = names.map { name in
      [
        name, ReportTable.share(own[name]), ReportTable.share(differences.iou[name]),
        ReportTable.share(differences.difference[name]),
        ReportTable.interval(differences.interval[name]),
      ]
    }
    return ReportTable(
      title: "\(comparison.name) against \(comparison.against)", rows: [head] + rows)
  }
}
