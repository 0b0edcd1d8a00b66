import ArgumentParser
import Datasets
import Foundation
import PointCloudIO
import PointClouds
import Sensors
import Streams

struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Say what a scan or a data set is.",
    discussion: """
      Of a data set the first scan is described; --classes counts the labels of all. Captures and \
      recordings are read to their end.

      Example: lidarseg info scan.bin
      """)

  @OptionGroup var source: SourceOptions
  @OptionGroup var packets: PacketSourceOptions
  @OptionGroup var sensor: SensorOption
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
    if let origin = try SweepOrigin(source.source), origin.isFile {
      return try describe(
        SweepFeed(
          origin, options: try packets.packetOptions(sensor: sensor.named()), pace: nil))
    }
    try packets.refuse(forScansOf: source.source)
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

  private func describe(_ feed: SweepFeed) throws {
    var summary = StreamSummary(path: source.source)
    while let sweep = try feed.next(until: { false }) { summary.add(sweep) }
    summary.finish(feed)
    if verb.json {
      try verb.console.data(json: summary)
    } else {
      try verb.console.data(summary.text)
    }
    if let damage = feed.damage { throw damage }
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
