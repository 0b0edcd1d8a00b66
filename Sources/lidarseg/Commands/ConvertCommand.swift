public import ArgumentParser
import Datasets
import Foundation
import PointCloudIO
import PointClouds
import RangeImages
import Streams

struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Write scans in another format, with their labels.",
    discussion: """
      KITTI's boxes become a label for every point that the camera sees. semantickitti writes \
      DRIVE/velodyne/FRAME.bin and DRIVE/labels/FRAME.label; npy writes SqueezeSeg's range images, \
      lidar_2d/DRIVE_FRAME.npy with x, y, z, intensity, range and class 0 to 3; npy-points writes \
      arrays of points; mcap writes all scans to OUT/scans.mcap, or to OUT where that ends in .mcap. \
      Captures (pcap, pcapng), recordings (MCAP, rosbag2, ROS 1 bags) and standard input (-) give a \
      scan per sweep. Under mpirun each process converts its share.

      Example: lidarseg convert kitti/training OUT --to semantickitti
      """)

  @OptionGroup var source: SourceOptions
  @OptionGroup var image: ConvertImageOptions
  @OptionGroup var sensor: SensorOption
  @OptionGroup var stream: PacketSourceOptions
  @OptionGroup var verb: VerbOptions

  @Argument(help: "The folder to write to.", completion: .directory)
  var out: String

  @Option(help: "What to write: \(ConvertTarget.list).")
  var to: ConvertTarget

  @Option(help: "How PCD and PLY store points: \(ScanEncoding.list).")
  var encoding = ScanEncoding.binary

  @Option(
    help: ArgumentHelp(
      "Write each label as the id of its class in this map: a bundled name, or a YAML file.",
      discussion: "Labels are read by the map that the data set names, or else by this one.",
      valueName: "map"), completion: .file())
  var labelMap: String?

  @Flag(help: "Leave scans of a data set alone whose files are there.")
  var resume = false

  func validate() throws {
    guard to != .mcap || !resume else {
      throw ValidationError("--resume is of formats with a file per scan, not of mcap")
    }
    guard to == .npy || !image.isGiven else {
      throw ValidationError(
        "--image, --rows, --columns, --left and --right are of --to npy, not of \(to.rawValue)")
    }
  }

  func run() throws {
    let geometry = to == .npy ? try image.geometry() : nil
    let report: ConvertReport
    if let origin = try SweepOrigin(source.source) {
      let feed = try SweepFeed(
        origin, options: try stream.packetOptions(sensor: sensor.named()), pace: nil)
      var job = StreamConversion(
        feed: feed, console: verb.console, writer: try writer(geometry, nil))
      report = try job.run()
    } else {
      try stream.refuse(forScansOf: source.source)
      report = try convert(try source.dataset(), geometry)
    }
    for warning in report.warnings(to) { verb.console.warn(warning) }
    if verb.json {
      try verb.console.data(json: report)
    } else {
      verb.console.talk(report.text(out))
    }
    if let worst = report.worstStatus { throw ExitCode(worst.rawValue) }
  }

  private func convert(_ dataset: Dataset, _ geometry: ImageGeometry?) throws -> ConvertReport {
    let share = ProcessShare.current()
    guard to != .mcap || share.count == 1 else {
      throw ErrorReport(
        status: .usage, message: "\(share.count) processes cannot write one MCAP file",
        remedy: "convert to mcap without mpirun")
    }
    var job = ConvertJob(
      dataset, source: source, writer: try writer(geometry, dataset), isResumed: resume,
      console: verb.console)
    let positions = share.parts(of: dataset.scans.count)
    return try job.run(
      positions,
      Progress(
        style: verb.quiet ? .none : verb.progress, total: positions.count, noun: "scans"))
  }

  private func writer(_ geometry: ImageGeometry?, _ dataset: Dataset?) throws -> ConvertWriter {
    let chooser = try sensor.chooser(known: dataset?.sensor)
    return try ConvertWriter(
      to, encoding: encoding, out: URL(fileURLWithPath: out),
      translation: try translation(of: dataset),
      image: try geometry.map { try ConvertImage($0, chooser: chooser) })
  }

  private func translation(of dataset: Dataset?) throws -> LabelTranslation? {
    guard let labelMap else { return nil }
    let target = try LabelMap.named(labelMap)
    return try LabelTranslation(from: dataset?.labelMap ?? target, to: target)
  }
}

extension ScanEncoding: ExpressibleByArgument {}
