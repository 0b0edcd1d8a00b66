import ArgumentParser
import Datasets
import Foundation
import PointCloudIO
import PointClouds
import Streams

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Read everything, and say what is damaged and what can be saved.",
    discussion: """
      Scans and labels of a file, a folder or a data set, captures and recordings are read to their end. \
      Every fault is named with its file and offset; convert writes what can be read. Ends with 4 where \
      something is damaged.

      Example: lidarseg doctor drive.pcap
      """)

  @OptionGroup var source: SourceOptions
  @OptionGroup var packets: PacketSourceOptions
  @OptionGroup var sensor: SensorOption
  @OptionGroup var verb: VerbOptions

  func run() throws {
    let report: DoctorReport
    if let origin = try SweepOrigin(source.source), origin.isFile {
      report = try examine(
        SweepFeed(
          origin, options: try packets.packetOptions(sensor: sensor.named()), pace: nil))
    } else {
      try packets.refuse(forScansOf: source.source)
      report = try examine(try source.dataset())
    }
    if verb.json {
      try verb.console.data(json: report)
    } else {
      try verb.console.data(report.text)
    }
    if let worst = report.worstStatus { throw ExitCode(worst.rawValue) }
  }

  private func examine(_ feed: SweepFeed) throws -> DoctorReport {
    var report = DoctorReport(path: source.source)
    while let sweep = try feed.next(until: { false }) { report.add(sweep.cloud) }
    report.skipped = feed.skippedMessages
    report.packets = feed.packets
    if let damage = feed.damage { report.add(ErrorReport(damage)) }
    return report
  }

  private func examine(_ dataset: Dataset) throws -> DoctorReport {
    var report = DoctorReport(path: dataset.path)
    let progress = Progress(
      style: verb.quiet ? .none : verb.progress, total: dataset.scans.count, noun: "scans")
    for (position, scan) in dataset.scans.enumerated() {
      do {
        let read = try source.read(scan)
        report.add(read.scan.cloud)
        if let damage = read.damage { report.add(ErrorReport(damage)) }
        _ = try scan.labels(of: read.scan)
      } catch {
        var fault = ErrorReport(error)
        fault.path = fault.path ?? scan.path
        report.add(fault)
        report.skipped += 1
      }
      progress.advance(to: position + 1)
    }
    progress.finish()
    return report
  }
}

/// What was found in reading everything.
struct DoctorReport: Encodable {
  /// What is wrong at one place.
  struct Fault: Encodable {
    var path: String?
    var offset: Int?
    var message: String
    var remedy: String
  }

  let path: String
  /// Scans or sweeps of which points were read.
  private(set) var scans = 0
  private(set) var points = 0
  private(set) var withoutPosition = 0
  /// Scans or messages of which nothing, or no labels, could be read.
  var skipped = 0
  private(set) var faults: [Fault] = []
  var packets: PacketReport?
  /// The exit code of the first fault.
  private(set) var worstStatus: ErrorReport.Status?

  private enum CodingKeys: String, CodingKey {
    case path, scans, points, withoutPosition, skipped, faults, packets
  }

  init(path: String) {
    self.path = path
  }

  mutating func add(_ cloud: PointCloud) {
    scans += 1
    points += cloud.count
    withoutPosition += (0..<cloud.count).count { !cloud.isMeasured($0) }
  }

  mutating func add(_ fault: ErrorReport) {
    faults.append(
      Fault(path: fault.path, offset: fault.offset, message: fault.message, remedy: fault.remedy))
    worstStatus = worstStatus ?? fault.status
  }

  var text: String {
    var lines = faults.map { fault in
      let place = [fault.path, fault.offset.map(String.init)].compactMap(\.self)
      return place.joined(separator: ":") + ": \(fault.message)\nhint: \(fault.remedy)"
    }
    lines += packets?.lines ?? []
    let state =
      faults.isEmpty
      ? "nothing is damaged"
      : "\(faults.count) fault\(faults.count == 1 ? "" : "s"), \(skipped) skipped"
    lines.append(
      "\(path): \(state); readable: \(scans) scans, \(points) points, \(withoutPosition) of them "
        + "without a position")
    return lines.joined(separator: "\n")
  }
}
