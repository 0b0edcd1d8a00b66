import ArgumentParser
import Datasets
import Exchange
import Foundation
import PointCloudIO
import PointClouds
import RangeImages
import Segmentation
import Sensors
import Streams

struct SegmentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segment", abstract: "Give every point a label, live too.",
    discussion: """
      Writes one file per scan and format, DRIVE/FRAME.label for folders, FRAME.label for a file. \
      A point outside the model's window, or without a position, gets label 0 and is counted. \
      Packets of Velodyne and Ouster sensors are taken from a port (udp://:2368) or a capture (pcap, \
      pcapng): a sweep never mixes two revolutions, and packets that are lost are counted. Recordings \
      (MCAP, rosbag2, ROS 1 bags) and standard input (-) are taken, too. mcap and frames write all scans to \
      OUT/segmented.mcap or OUT/segmented.frames, or to standard output with --out -.

      Example: lidarseg segment scan.bin --out labels --format label,ply
      """)

  @OptionGroup var source: SourceOptions
  @OptionGroup var model: ModelOptions
  @OptionGroup var sensor: SensorOption
  @OptionGroup var packets: PacketSourceOptions
  @OptionGroup var stream: StreamOptions
  @OptionGroup var verb: VerbOptions

  @Option(help: "The folder to write to.", completion: .directory)
  var out = "predictions"

  @Option(help: "What to write, comma-separated: \(SegmentFormat.list).")
  var format = "label"

  func validate() throws {
    let formats = try SegmentFormat.parse(format)
    if out == "-" {
      guard formats.count == 1, formats[0].isOneStream else {
        throw ValidationError("--out - takes --format mcap or --format frames, and nothing else")
      }
      guard !verb.json else {
        throw ValidationError("--json and --out - would both write to stdout")
      }
    }
    if verb.json, formats.contains(.jsonl) {
      throw ValidationError("--json and --format jsonl would both write to stdout")
    }
  }

  func run() throws {
    let formats = try SegmentFormat.parse(format)
    let pipeline = try model.pipeline(threadCount: verb.threadCount)
    let map = pipeline.model.description.labelMap
    if let origin = try SweepOrigin(source.source, isFollowed: stream.follow) {
      return try StreamJob(
        source: source.source, origin: origin, options: stream,
        packets: try packets.packetOptions(sensor: sensor.named()),
        pipeline: pipeline,
        writer: try SegmentWriter(folder: out, formats: formats, isFlat: false, map: map),
        verb: verb
      ).run()
    }
    try packets.refuse(forScansOf: source.source)
    try stream.refuse(forScansOf: source.source)
    let dataset = try source.dataset()
    let job = SegmentJob(
      dataset: dataset, source: source, pipeline: pipeline,
      writer: try SegmentWriter(
        folder: out, formats: formats, isFlat: dataset.layout == .file, map: map),
      verb: verb)
    try job.run(choosing: try sensor.chooser(known: dataset.sensor))
  }
}

/// Segments the scans of a data set one after the other.
private struct SegmentJob {
  var dataset: Dataset
  var source: SourceOptions
  var pipeline: SegmentationPipeline
  var writer: SegmentWriter
  var verb: VerbOptions

  func run(choosing chooser: SensorChooser) throws {
    var chooser = chooser
    var report = SegmentReport(
      model: pipeline.model.description.name,
      classes: pipeline.model.description.labelMap.classes.map(\.name))
    let progress = Progress(
      style: verb.quiet ? .none : verb.progress, total: dataset.scans.count, noun: "scans")
    let start = ContinuousClock.now
    for (position, scan) in dataset.scans.enumerated() {
      do {
        let entry = try segment(scan, at: position, &chooser)
        report.add(entry)
        if let damage = entry.damage { report.fail(with: damage, console: verb.console) }
        if dataset.scans.count == 1 { describe(entry) }
      } catch {
        guard dataset.scans.count > 1, !ErrorReport(error).endsTheJob else { throw error }
        report.fail(with: ErrorReport(error), console: verb.console)
        report.skippedScans += 1
      }
      progress.advance(to: position + 1)
    }
    progress.finish()
    try writer.finish()
    report.finish(seconds: (ContinuousClock.now - start) / .seconds(1))
    try say(report)
  }

  private func segment(
    _ scan: DatasetScan, at position: Int, _ chooser: inout SensorChooser
  ) throws -> SegmentReport.Entry {
    let start = ContinuousClock.now
    let read = try source.read(scan)
    let sensor = chooser.sensor(of: read.scan.cloud, drive: scan.drive)
    let readEnd = ContinuousClock.now
    let result: SegmentedScan
    do {
      result = try pipeline.segment(read.scan.cloud, from: sensor)
    } catch {
      // What is left of a damaged scan may fit no sensor: the damage is the cause.
      guard let damage = read.damage else { throw error }
      verb.console.error(ErrorReport(error))
      throw damage
    }
    let writeStart = ContinuousClock.now
    try writer.write(result, of: read.scan, ScanName(scan, at: position))
    return SegmentReport.Entry(
      path: scan.path, sensor: sensor?.name, notes: read.notes,
      damage: read.damage.map(ErrorReport.init(_:)), result: result,
      reading: (readEnd - start) / .milliseconds(1),
      writing: (ContinuousClock.now - writeStart) / .milliseconds(1))
  }

  private func describe(_ entry: SegmentReport.Entry) {
    let console = verb.console
    console.talk("sensor: \(entry.sensor ?? "not recognised")")
    for note in entry.notes { console.talk("note: \(note)") }
  }

  private func say(_ report: SegmentReport) throws {
    let console = verb.console
    if report.points > 0, report.unlabelled * 20 > report.points {
      console.warn(
        "\(report.unlabelled) of \(report.points) points lie outside the window of"
          + " \(report.model) or have no position; they got label 0")
    }
    if verb.json {
      try console.data(json: report)
    } else {
      console.talk(report.text)
    }
    if let status = report.worstStatus { throw ExitCode(status.rawValue) }
  }
}
