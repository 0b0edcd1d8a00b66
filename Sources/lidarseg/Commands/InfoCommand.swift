import ArgumentParser
import Datasets
import Foundation
import PointCloudIO
import PointClouds
import Sensors

struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Say what a scan or a data set is.",
    discussion: """
      Of a data set the first scan is described; --classes counts the labels of all.

      Example: lidarseg info scan.bin
      """)

  @OptionGroup var source: SourceOptions
  @OptionGroup var verb: VerbOptions

  @Flag(help: "Count the labels of all scans by class.")
  var classes = false

  @Option(
    help: ArgumentHelp(
      "The label map to count by: a bundled name, or a YAML file.",
      discussion: "The one that the data set names unless given, or else four-classes.",
      valueName: "map"), completion: .file())
  var labelMap: String?

  func validate() throws {
    guard labelMap == nil || classes else {
      throw ValidationError("--label-map says how --classes counts: give both")
    }
  }

  func run() throws {
    let dataset = try source.dataset()
    guard let first = dataset.scans.first else { return }
    let read = try source.read(first)
    let summary = ScanSummary(read, labels: try first.labels(of: read.scan))
    var report = Report(
      path: dataset.path, layout: dataset.layout.rawValue, scans: dataset.scans.count,
      labelledScans: dataset.labelledCount, drives: dataset.drives, firstScan: summary)
    if classes { report.classes = try count(dataset) }
    if verb.json {
      try verb.console.data(json: report)
    } else {
      try verb.console.data(report.text)
    }
    if let damaged = report.classes?.worstStatus { throw ExitCode(damaged.rawValue) }
    try source.fail(with: read.damage, verb.console)
  }

  private func count(_ dataset: Dataset) throws -> ClassCount {
    let map = try labelMap.map { try LabelMap.named($0) } ?? dataset.labelMap
    var count = ClassCount(try map ?? .bundled("four-classes"))
    let progress = Progress(
      style: verb.quiet ? .none : verb.progress, total: dataset.scans.count, noun: "scans")
    for (position, scan) in dataset.scans.enumerated() {
      do {
        count.add(try labels(of: scan))
      } catch {
        var fault = ErrorReport(error)
        fault.path = fault.path ?? scan.path
        guard dataset.scans.count > 1 else { throw fault }
        verb.console.error(fault)
        count.fail(with: fault)
      }
      progress.advance(to: position + 1)
    }
    progress.finish()
    return count
  }

  /// The labels of a scan; its points are read only where labels need them.
  private func labels(of scan: DatasetScan) throws -> [PointLabel]? {
    switch scan.truth {
    case .none: return nil
    case .labels(let path): return try LabelFile.read(path)
    case .withinScan, .boxes:
      let read = try source.read(scan)
      if let damage = read.damage { throw damage }
      return try scan.labels(of: read.scan)
    }
  }

  private struct Report: Encodable {
    var path: String
    var layout: String
    var scans: Int
    var labelledScans: Int
    var drives: [String]
    var firstScan: ScanSummary
    var classes: ClassCount?

    var text: String {
      let names = drives.prefix(4).joined(separator: ", ") + (drives.count > 4 ? ", ..." : "")
      let counts = classes.map { "\n\($0.text)" } ?? ""
      guard scans > 1 else { return firstScan.text + counts }
      return """
        \(path): \(layout), \(scans) scans in \(drives.count) drives (\(names)), \
        \(labelledScans) with labels
        first scan:
        \(firstScan.text)\(counts)
        """
    }
  }
}

/// What one scan holds.
struct ScanSummary: Encodable {
  /// A field's name and the range of its finite values.
  struct Field: Encodable {
    var name: String
    var minimum: Double?
    var maximum: Double?
  }

  let path: String
  let format: String
  let points: Int
  let withoutPosition: Int
  let sensor: String?
  let sensorResidualDegrees: Double?
  let fields: [Field]
  let labels: [String: Int]?
  let notes: [String]

  init(_ read: ReadScan, labels: [PointLabel]?) {
    let cloud = read.scan.cloud
    let recognition = SensorRecognition.recognise(cloud)
    path = read.path
    format = read.format.rawValue
    points = cloud.count
    withoutPosition = (0..<cloud.count).count { !cloud.isMeasured($0) }
    sensor = recognition?.sensor.name
    sensorResidualDegrees = recognition?.best.residual
    fields = Self.fields(of: cloud)
    self.labels = labels.map { labels in
      Dictionary(labels.map { ("\($0.semantic)", 1) }, uniquingKeysWith: +)
    }
    notes = read.notes
  }

  var text: String {
    let sensorText = sensor.map { name in
      "\(name) (median residual \(String(format: "%.4f", sensorResidualDegrees ?? 0)) degrees)"
    }
    var lines = [
      "\(path): \(format), \(points) points, \(withoutPosition) without a position",
      "sensor: \(sensorText ?? "not recognised")",
    ]
    for field in fields {
      let range = zip([field.minimum], [field.maximum]).map { low, high in
        "\(low.map { String(format: "%.3f", $0) } ?? "-") to \(high.map { String(format: "%.3f", $0) } ?? "-")"
      }
      lines.append("  \(field.name): \(range[0])")
    }
    if let labels {
      let counts = labels.sorted { (Int($0.key) ?? 0) < (Int($1.key) ?? 0) }
      lines.append("labels: " + counts.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
    }
    return (lines + notes.map { "note: \($0)" }).joined(separator: "\n")
  }

  private static func fields(of cloud: PointCloud) -> [Field] {
    var columns: [(String, [Double])] = [
      ("x", cloud.x.map(Double.init)), ("y", cloud.y.map(Double.init)),
      ("z", cloud.z.map(Double.init)), ("intensity", cloud.intensity.map(Double.init)),
    ]
    if let ring = cloud.ring { columns.append(("ring", ring.map(Double.init))) }
    if let time = cloud.time { columns.append(("time", time.map(Double.init))) }
    if let index = cloud.returnIndex { columns.append(("return", index.map(Double.init))) }
    columns += cloud.extraFields.map { ($0.name, $0.values) }
    return columns.map { name, values in
      let finite = values.filter(\.isFinite)
      return Field(name: name, minimum: finite.min(), maximum: finite.max())
    }
  }
}
