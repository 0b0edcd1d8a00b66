import Foundation

/// A network with how fast and how good it is.
struct FrontRow: Codable {
  /// Where a network comes from.
  enum Kind: String, Codable {
    case searched
    case random
    case baseline
  }

  var name: String
  var kind: Kind
  /// Positions in each place's list.
  var choices: [Int] = []
  var blocks: [String] = []
  /// By the table, in its unit.
  var predicted: Double?
  /// Its file, once it is trained, as what follows.
  var model: String?
  var meanIoU: Double?
  var parameters: Int?
  /// Measured here, the median of whole runs.
  var milliseconds: Double?
}

/// What a search found beside what it is compared with.
struct SearchFront: Codable, FrontFiles {
  /// The table's.
  var unit: String
  /// Whether the table is of this machine, so that what is measured here is what it predicts.
  var isMeasured: Bool
  var target: Double
  var searchSeconds: Double
  var rows: [FrontRow]

  var markdown: String {
    var lines = [
      "| network | parameters | predicted \(unit) | \(isMeasured ? "measured ms" : "ms here") | mIoU "
        + "| blocks |",
      "|---|---|---|---|---|---|",
    ]
    for row in rows {
      let predicted = row.predicted.map { String(format: "%.3f", $0) } ?? ""
      let score = row.meanIoU.map { String(format: "%.3f", $0) } ?? ""
      let measured = row.milliseconds.map { String(format: "%.3f", $0) } ?? ""
      lines.append(
        "| \(row.name) | \(row.parameters.map(String.init) ?? "") | \(predicted) | \(measured) | \(score) | "
          + "\(row.blocks.joined(separator: " ")) |")
    }
    return lines.joined(separator: "\n")
  }

  var costCaption: String { isMeasured ? "milliseconds" : unit }

  var series: [FrontSeries] {
    func series(_ kind: FrontRow.Kind, _ name: String, _ color: UInt32) -> FrontSeries {
      FrontSeries(
        name: name, color: color,
        points: rows.filter { $0.kind == kind }.compactMap { row in
          // What the table's device takes is only predicted; a network that it lacks has no place there.
          guard let cost = isMeasured ? row.milliseconds : row.predicted, let score = row.meanIoU
          else { return nil }
          return (cost: cost, meanIoU: score)
        })
    }
    return [
      series(.baseline, "SqueezeSegV2", 0x4C_B5F5), series(.random, "random", 0x8B_96A5),
      series(.searched, "searched", 0xF2_8A45),
    ]
  }
}
