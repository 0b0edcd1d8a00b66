extension EvaluationResult {
  /// The headline's table: scores by class with their intervals.
  func scoreTable(_ result: ProtocolResult) -> ReportTable {
    let points = result.points
    let percent = Int((bootstrap.coverage * 100).rounded())
    let head = [
      "class", "IoU", "precision", "recall", "\(percent) % of drives", "\(percent) % of scans",
      "mean of drives",
    ]
    let rows = names.map { name in
      [
        name, ReportTable.share(points.iou[name]), ReportTable.share(points.precision[name]),
        ReportTable.share(points.recall[name]), ReportTable.interval(points.interval[name]),
        ReportTable.interval(points.intervalOverScans[name]),
        ReportTable.share(points.meanOverDrives[name]),
      ]
    }
    let last = ["mean of all", ReportTable.share(points.meanOfAll), "", "", "", "", ""]
    return ReportTable(title: "Scores by points", rows: [head] + rows + [last])
  }

  /// The tables beside the headline's that there is something to tell in.
  func tables(_ result: ProtocolResult) -> [ReportTable] {
    [
      variantTable(result), settingTable(result), objectTable(result), coverageTable(result),
      calibrationTable(result), rangeTable(result), driveTable(result),
    ].compactMap(\.self)
  }

  /// The names that scores are told by: the classes', and `mean`.
  var names: [String] { classes + ["mean"] }

  private func ious(_ iou: [String: Double?]) -> [String] {
    names.map { ReportTable.share(iou[$0]) }
  }

  private func variantTable(_ result: ProtocolResult) -> ReportTable? {
    let variants = [
      ("vans ignored", result.vansIgnored), ("box shells ignored", result.shellIgnored),
      ("pixels", result.pixels),
    ]
    let rows = variants.compactMap { name, scores in
      scores.map { [name, "\($0.scans)", "\($0.scored)"] + ious($0.iou) }
    }
    guard !rows.isEmpty else { return nil }
    return ReportTable(
      title: "IoU counted otherwise",
      rows: [["counted otherwise", "scans", "scored"] + names] + rows)
  }

  private func settingTable(_ result: ProtocolResult) -> ReportTable? {
    guard let settings = result.settings else { return nil }
    let rows = settings.map { setting in
      let words = [
        setting.usesCRF.map { $0 ? "CRF" : "no CRF" },
        setting.usesObjects ? "objects" : nil, setting.usesVote ? "kNN" : "no kNN",
      ]
      return [words.compactMap(\.self).joined(separator: ", ")] + ious(setting.iou)
    }
    return ReportTable(title: "IoU by setting", rows: [["setting"] + names] + rows)
  }

  private func objectTable(_ result: ProtocolResult) -> ReportTable? {
    guard let boxes = result.boxes else { return nil }
    let objects = classes.filter { boxes.count[$0] != nil }
    let head =
      ["objects found", "all"]
      + boxes.ranges.map { ReportTable.range(from: $0.from, to: $0.to) }
    let rows = objects.map { name in
      [name, Self.found(boxes.found[name], boxes.count[name])]
        + boxes.ranges.map { Self.found($0.found[name], $0.count[name]) }
    }
    return ReportTable(
      title: "Objects of which at least half the points are right", rows: [head] + rows)
  }

  private static func found(_ found: Int?, _ count: Int?) -> String {
    guard let found, let count, count > 0 else { return "-" }
    return "\(found) of \(count)"
  }

  private func coverageTable(_ result: ProtocolResult) -> ReportTable? {
    guard let coverage = result.coverage else { return nil }
    let head = ["scored points", "count", "visible", "shadowed", "outside", "invalid"]
    let rows = classes.compactMap { name in
      coverage.byClass[name].map { Self.coverageRow(name, $0) }
    }
    let all = Coverage.ByFate(
      visible: coverage.visible, shadowed: coverage.shadowed, outside: coverage.outside,
      invalid: coverage.invalid)
    return ReportTable(
      title: "What the network saw, in percent",
      rows: [head] + rows + [Self.coverageRow("all", all)])
  }

  private static func coverageRow(_ name: String, _ part: Coverage.ByFate) -> [String] {
    let fates = [part.visible, part.shadowed, part.outside, part.invalid]
    let count = fates.reduce(0, +)
    return [name, "\(count)"] + fates.map { ReportTable.share($0, of: count) }
  }

  private func calibrationTable(_ result: ProtocolResult) -> ReportTable? {
    guard let calibration = result.calibration else { return nil }
    let head = ["calibration error", "all"] + classes.map { "as \($0)" }
    let row =
      ["\(calibration.points) visible points", ReportTable.share(calibration.expectedError)]
      + classes.map { ReportTable.share(calibration.byClass[$0]) }
    return ReportTable(
      title: "Expected calibration error in percent, by predicted class", rows: [head, row])
  }

  private func rangeTable(_ result: ProtocolResult) -> ReportTable? {
    let rows = result.ranges.map { range in
      [ReportTable.range(from: range.from, to: range.to), "\(range.scored)"] + ious(range.iou)
    }
    return ReportTable(title: "IoU by range", rows: [["range", "points"] + names] + rows)
  }

  private func driveTable(_ result: ProtocolResult) -> ReportTable? {
    let rows = result.drives.map {
      ["\($0.name)", "\($0.scans)", "\($0.scored)"] + ious($0.iou)
    }
    return ReportTable(title: "IoU by drive", rows: [["drive", "scans", "points"] + names] + rows)
  }
}

extension Confusion {
  /// How many points of each class were predicted as which.
  var countTable: ReportTable {
    table(title: "Confusion, points", head: "truth \\ prediction") { count, _ in "\(count)" }
  }

  /// Which share of each class's points was predicted as which, in percent.
  var shareTable: ReportTable {
    table(title: "Confusion, percent of truth", head: "% of truth") { count, truth in
      ReportTable.share(count, of: truth)
    }
  }

  private func table(
    title: String, head: String, cell: (UInt64, UInt64) -> String
  ) -> ReportTable {
    let isComplete = missed.allSatisfy { $0 == 0 }
    let rows = classes.indices.map { row in
      let values = counts[row] + (isComplete ? [] : [missed[row]])
      let truth = counts[row].reduce(missed[row], +)
      return [classes[row]] + values.map { cell($0, truth) }
    }
    return ReportTable(
      title: title, rows: [[head] + classes + (isComplete ? [] : ["no class"])] + rows)
  }
}
