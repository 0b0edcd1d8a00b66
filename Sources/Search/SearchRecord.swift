import Foundation
import Pictures
import PointCloudIO
import Training

/// What a search leaves in its folder besides checkpoints: metrics, and a picture and a table of how the
/// architecture settles.
final class SearchRecord {
  private let context: SearchContext
  private let folder: RunFolder
  private var log: MetricsLog?

  init(_ context: SearchContext) throws {
    self.context = context
    folder = try RunFolder(
      path: context.folder, resuming: context.resumes, recipe: context.recipe,
      machine: context.machine)
  }

  /// Where in a run's folder the search itself is, before networks are trained.
  static func folder(ofRun path: String) -> String {
    URL(fileURLWithPath: path).appending(path: "search").path
  }

  /// The checkpoints.
  var store: CheckpointStore { folder.checkpoints }

  /// Opens the metrics; what was measured after `step` is cut off.
  func open(after step: Int) throws { log = try MetricsLog(of: folder, after: step) }

  func append(_ progress: SearchProgress, _ architecture: Architecture, weight: Double) throws {
    var values = [
      "loss": progress.loss, "latency": progress.latency, "entropy": progress.entropy,
      "latency_weight": weight,
    ]
    for (place, shares) in zip(context.networks.places, architecture.shares) {
      for (block, share) in zip(place.candidates, shares) {
        values[Self.name(place, block)] = share
      }
    }
    try log?.append(values, step: progress.step)
  }

  /// What all steps so far took, those of earlier processes among them.
  var seconds: Double {
    get throws { try MetricsRecord.read(folder.metricsPath).last?.seconds ?? 0 }
  }

  func synchronize() throws { try log?.synchronize() }

  /// Draws the shares over all steps so far, and writes down what they are now.
  func draw(_ architecture: Architecture) throws {
    let table = ArchitectureTable(context.networks.places, architecture, context.latencies)
    try AtomicFile.write(Array(table.markdown.utf8), to: path("architecture.md"))
    guard FileManager.default.fileExists(atPath: folder.metricsPath) else { return }
    let records = try MetricsRecord.read(folder.metricsPath)
    guard records.count > 1 else { return }
    let bands = context.networks.places.filter { $0.candidates.count > 1 }.map { place in
      ShareBands.Band(
        title: place.name,
        shares: place.candidates.map { block in
          (block, records.map { $0.values[Self.name(place, block)] ?? 0 })
        })
    }
    try ShareBands(bands: bands, caption: "step", last: Double(records[records.count - 1].step))
      .picture().write(to: path("architecture.png"))
    try LineChart.picture(of: [
      chart("loss", records), chart("latency", records), chart("entropy", records),
    ]).write(to: folder.curvesPath)
  }

  private func chart(_ name: String, _ records: [MetricsRecord]) -> LineChart {
    let points = records.compactMap { record in
      record.values[name].map { (x: Double(record.step), y: $0) }
    }
    return LineChart(
      title: name, caption: "step",
      lines: [LineChart.Line(name: name, color: RGB(0xF2_8A45), points: points)])
  }

  private func path(_ name: String) -> String {
    URL(fileURLWithPath: context.folder).appending(path: name).path
  }

  private static func name(_ place: CandidatePlace, _ block: String) -> String {
    "share.\(place.name).\(block)"
  }
}

/// The candidates of each place with their shares, the most probable first, and what they cost on average by the
/// shares of the others.
struct ArchitectureTable {
  let markdown: String

  init(
    _ places: [CandidatePlace], _ architecture: Architecture, _ latencies: CandidateLatencies
  ) {
    let costs = latencies.linear(at: architecture.shares).byPlace
    var lines = ["| place | candidates: share, what they take |", "|---|---|"]
    for (index, place) in places.enumerated() {
      let shares = architecture.shares[index]
      let cells = place.candidates.indices.sorted { shares[$0] > shares[$1] }.map { block in
        String(
          format: "\(place.candidates[block]) %.0f %%, %.3f", 100 * shares[block],
          costs[index][block])
      }
      lines.append("| \(place.name) | \(cells.joined(separator: "; ")) |")
    }
    markdown = lines.joined(separator: "\n") + "\n"
  }
}
