import Pictures

extension EvaluationResult {
  /// The result as plain text in aligned columns, the headline protocol first.
  public func table() -> String {
    let names = [headline] + protocols.keys.filter { $0 != headline }.sorted()
    return names.compactMap { name in
      protocols[name].map { section(name, $0) }
    }.joined(separator: "\n")
  }

  private func section(_ name: String, _ result: ProtocolResult) -> String {
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
    lines += [""] + scoreRows(result.points)
    lines += [""] + rangeRows(result.ranges)
    lines += [""] + driveRows(result.drives)
    lines += [""] + confusionRows(result.confusion)
    return lines.joined(separator: "\n") + "\n"
  }

  private func scoreRows(_ points: PointScores) -> [String] {
    let percent = Int((bootstrap.coverage * 100).rounded())
    let head = ["class", "IoU", "precision", "recall", "\(percent) % of drives", "mean of drives"]
    let rows = (classes + ["mean"]).map { name in
      [
        name, share(points.iou[name]), share(points.precision[name]), share(points.recall[name]),
        interval(points.interval[name]), share(points.meanOverDrives[name]),
      ]
    }
    return TextTable(
      rows: [head] + rows + [["mean of all", share(points.meanOfAll), "", "", "", ""]]
    ).lines
  }

  private func rangeRows(_ ranges: [RangeScores]) -> [String] {
    let rows = ranges.map { range in
      let end = range.to.map { "-\(Int($0)) m" } ?? " m and more"
      return ["\(Int(range.from))\(end)", "\(range.scored)"] + ious(range.iou)
    }
    return TextTable(rows: [["range", "points"] + classes + ["mean"]] + rows).lines
  }

  private func driveRows(_ drives: [DriveScores]) -> [String] {
    let rows = drives.map { ["\($0.name)", "\($0.scans)", "\($0.scored)"] + ious($0.iou) }
    return TextTable(rows: [["drive", "scans", "points"] + classes + ["mean"]] + rows).lines
  }

  private func confusionRows(_ confusion: Confusion) -> [String] {
    let isComplete = confusion.missed.allSatisfy { $0 == 0 }
    let rows = confusion.classes.indices.map { row in
      [confusion.classes[row]] + confusion.counts[row].map { "\($0)" }
        + (isComplete ? [] : ["\(confusion.missed[row])"])
    }
    let head = ["truth \\ prediction"] + confusion.classes + (isComplete ? [] : ["no class"])
    return TextTable(rows: [head] + rows).lines
  }

  private func ious(_ iou: [String: Double?]) -> [String] {
    (classes + ["mean"]).map { share(iou[$0]) }
  }

  private func interval(_ ends: [Double]??) -> String {
    guard let ends = ends ?? nil else { return "-" }
    return ends.map { share($0) }.joined(separator: " to ")
  }

  /// Percent with two decimals; a dash for what is not defined.
  private func share(_ value: Double??) -> String {
    guard let value = value ?? nil else { return "-" }
    let hundredths = Int((value * 10_000).rounded())
    let decimals = hundredths % 100
    return "\(hundredths / 100).\(decimals < 10 ? "0" : "")\(decimals)"
  }
}
