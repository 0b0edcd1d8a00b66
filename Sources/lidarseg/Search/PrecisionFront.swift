import Foundation
import Pictures
import PointCloudIO

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
struct PrecisionFront: Codable {
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

  /// Writes `front.json`, `front.md` and `front.png`.
  func write(to folder: String) throws {
    let root = URL(fileURLWithPath: folder)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write(
      [UInt8](try encoder.encode(self)), to: root.appending(path: "front.json").path)
    try AtomicFile.write(
      Array((markdown + "\n").utf8), to: root.appending(path: "front.md").path)
    guard rows.contains(where: { $0.meanIoU != nil }) else { return }
    try picture.write(to: root.appending(path: "front.png").path)
  }

  private var picture: Picture {
    func line(_ kind: PrecisionRow.Kind, _ name: String, _ color: UInt32) -> LineChart.Line {
      let points = rows.filter { $0.kind == kind }.compactMap { row in
        row.meanIoU.map { (x: row.kibibytes, y: 100 * $0) }
      }
      return LineChart.Line(
        name: name, color: RGB(color), points: points.sorted { $0.x < $1.x })
    }
    return LineChart.picture(of: [
      LineChart(
        title: "mIoU, %", caption: "KiB",
        lines: [
          line(.uniform, "as many bits everywhere", 0x4C_B5F5),
          line(.searched, "searched", 0xF2_8A45),
        ])
    ])
  }
}
