import Foundation

/// A model whose numbers have some bits, with how large and how good it is.
struct PrecisionRow: Codable {
  /// Where the bits come from.
  enum Kind: String, Codable {
    /// The search.
    case searched
    /// All weights have as many.
    case uniform
    /// The model that all of them learned on from.
    case floats
  }

  var name: String
  var kind: Kind
  /// What its weights take, images too where they count.
  var kibibytes: Double
  /// By the place's name.
  var bits: [String: Int]
  var model = ""
  var meanIoU: Double?
}

/// What a search for bits found beside what it is compared with.
struct PrecisionFront: Codable, FrontFiles {
  var searchSeconds: Double
  var rows: [PrecisionRow]

  var markdown: String {
    var lines = ["| model | KiB | mIoU |", "|---|---|---|"]
    for row in rows {
      let score = row.meanIoU.map { String(format: "%.3f", $0) } ?? ""
      lines.append("| \(row.name) | \(String(format: "%.1f", row.kibibytes)) | \(score) |")
    }
    for row in rows where row.kind == .searched {
      lines += ["", "| weights or image of \(row.name) | bits |", "|---|---|"]
      lines += row.bits.sorted { $0.key < $1.key }.map { "| \($0.key) | \($0.value) |" }
    }
    return lines.joined(separator: "\n")
  }

  var costCaption: String { "KiB" }

  var series: [FrontSeries] {
    func series(_ kind: PrecisionRow.Kind, _ name: String, _ color: UInt32) -> FrontSeries {
      FrontSeries(
        name: name, color: color,
        points: rows.filter { $0.kind == kind }.compactMap { row in
          row.meanIoU.map { (cost: row.kibibytes, meanIoU: $0) }
        })
    }
    return [
      series(.uniform, "as many bits everywhere", 0x4C_B5F5),
      series(.searched, "searched", 0xF2_8A45),
    ]
  }
}
