import Datasets

/// What a conversion did.
struct ConvertReport: Encodable {
  var scans = 0
  /// Scans whose files were there before.
  var keptScans = 0
  var points = 0
  var labelledPoints = 0
  var lostFields: [String] = []
  /// Labels by ids that the label map does not know.
  var unknownLabels: [String: Int] = [:]
  /// What became of the points; only of range images.
  var image: ConvertImageCount?
  var damagedScans = 0
  var skippedScans = 0
  /// The exit code of the first fault that did not end the job.
  private(set) var worstStatus: ErrorReport.Status?

  private enum CodingKeys: String, CodingKey {
    case scans, keptScans, points, labelledPoints, lostFields, unknownLabels, image, damagedScans
    case skippedScans
  }

  /// Notes a fault that does not end the job.
  mutating func fail(with fault: ErrorReport) { worstStatus = worstStatus ?? fault.status }

  mutating func set(unknown: LabelTranslation.UnknownCounts) {
    unknownLabels = Dictionary(uniqueKeysWithValues: unknown.map { ("\($0.key)", $0.value) })
  }

  /// What was not written, a line each.
  func warnings(_ target: ConvertTarget) -> [String] {
    var lines: [String] = []
    if !lostFields.isEmpty {
      lines.append(
        "\(target.rawValue) has no room for \(lostFields.joined(separator: ", "));"
          + " convert to pcd or ply to keep them")
    }
    if !unknownLabels.isEmpty {
      let ids = unknownLabels.sorted { (Int($0.key) ?? 0) < (Int($1.key) ?? 0) }
      let examples = ids.prefix(5).map(\.key).joined(separator: ", ")
      lines.append(
        "\(unknownLabels.values.reduce(0, +)) labels have ids that the label map does not know: "
          + examples + (ids.count > 5 ? " and \(ids.count - 5) more" : ""))
    }
    if let count = image?.unknownCells, count > 0 {
      lines.append(
        "\(count) cells of which nothing is known are written as background, for SqueezeSeg has no"
          + " class for them; convert to semantickitti to keep them apart")
    }
    return lines
  }

  func text(_ out: String) -> String {
    let kept = keptScans > 0 ? " (\(keptScans) scans were there)" : ""
    let lines = [
      image?.text, "\(scans) scans, \(points) points, \(labelledPoints) labelled: \(out)\(kept)",
    ]
    return lines.compactMap(\.self).joined(separator: "\n")
  }
}
