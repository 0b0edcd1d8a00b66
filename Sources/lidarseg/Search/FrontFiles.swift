import Foundation
import Pictures
import PointCloudIO

/// What a search leaves of its results: models by what they cost and how good they are.
protocol FrontFiles: Encodable {
  /// The results as a table.
  var markdown: String { get }
  /// What the models cost, for people.
  var costCaption: String { get }
  /// Kinds of models, with the cost and the mean IoU (0 to 1) of each that has both.
  var series: [FrontSeries] { get }
}

/// Models of one kind.
struct FrontSeries {
  var name: String
  var color: UInt32
  var points: [(cost: Double, meanIoU: Double)]
}

extension FrontFiles {
  /// Writes `front.json`, `front.md` and, where anything was measured, `front.png`.
  func write(to folder: String) throws {
    let root = URL(fileURLWithPath: folder)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write(
      [UInt8](try encoder.encode(self)), to: root.appending(path: "front.json").path)
    try AtomicFile.write(
      Array((markdown + "\n").utf8), to: root.appending(path: "front.md").path)
    guard series.contains(where: { !$0.points.isEmpty }) else { return }
    try picture.write(to: root.appending(path: "front.png").path)
  }

  private var picture: Picture {
    let lines = series.map { series in
      LineChart.Line(
        name: series.name, color: RGB(series.color),
        points: series.points.map { (x: $0.cost, y: 100 * $0.meanIoU) }.sorted { $0.x < $1.x })
    }
    return LineChart.picture(of: [
      LineChart(title: "mIoU, %", caption: costCaption, lines: lines)
    ])
  }
}
