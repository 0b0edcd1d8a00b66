import Annotation
import Foundation
import Pictures

extension ReplayResult {
  /// Tables of what an ideal annotator needed.
  var text: String {
    var lines = [
      "\(scans) sweeps, truth from "
        + origins.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }
        .joined(separator: ", ")
        + (sweepsWithPose > 0 ? ", \(sweepsWithPose) with poses" : ", no poses"),
      "left out: \(ignored.fewPoints) objects with too few points, \(ignored.merged) several in "
        + "one, \(ignored.withoutTruth) sweeps without truth",
      "by hand: \(manualOperations) operations a box", "", "one click for each object:",
    ]
    lines += Self.table(oneClick) + ["", "with tracks:"] + Self.table(tracking)
    if let share = tracks.keptShare {
      lines += [
        "",
        String(
          format:
            "from one sweep to the next: %d steps, %.1f %% without correction (%d lost, %d wrong)",
          tracks.steps, 100 * share, tracks.lost, tracks.wrong),
        "objects: \(tracks.objects), \(tracks.neverCorrected) never corrected",
      ]
    }
    let durations = [("opening", times.open), ("a click", times.click), ("tracking", times.track)]
    lines += [""]
    for (name, duration) in durations {
      guard let duration else { continue }
      lines.append(
        String(
          format: "\(name): median %.1f ms, p99 %.1f ms of %d", duration.median, duration.p99,
          duration.count))
    }
    return lines.joined(separator: "\n")
  }

  private static func table(_ rows: [Row]) -> [String] {
    let head = [
      "class", "objects", "right", "clicks", "drags", "strokes", "deletions", "per object",
      "point IoU", "with ground", "precision", "recall", "box IoU", "3-D",
    ]
    func share(_ value: Double?) -> String { value.map { String(format: "%.3f", $0) } ?? "-" }
    let cells = rows.map { row in
      [
        row.objectClass.rawValue, "\(row.objects)", "\(row.accepted)", "\(row.effort.clicks)",
        "\(row.effort.drags)", "\(row.effort.strokes)", "\(row.effort.deletions)",
        String(format: "%.2f", row.operationsPerObject), share(row.pointIoU),
        share(row.pointIoUWithGround), share(row.pointPrecision), share(row.pointRecall),
        share(row.boxIoUFromAbove), share(row.boxIoU),
      ]
    }
    return TextTable(rows: [head] + cells).lines
  }
}
