public import ArgumentParser
import Datasets
import Foundation
import PointCloudIO
import PointClouds

struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Write scans in another format, with their labels.",
    discussion: """
      KITTI's boxes become a label for every point that the camera sees. semantickitti writes \
      DRIVE/velodyne/FRAME.bin and DRIVE/labels/FRAME.label; npy writes SqueezeSeg's range images, \
      lidar_2d/DRIVE_FRAME.npy with x, y, z, intensity, range and class 0 to 3; npy-points writes \
      arrays of points. Under mpirun each process converts its share.

      Example: lidarseg convert kitti/training OUT --to semantickitti
      """)

  @OptionGroup var source: SourceOptions
  @OptionGroup var image: ConvertImageOptions
  @OptionGroup var sensor: SensorOption
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

  @Flag(help: "Leave scans alone whose files are there.")
  var resume = false

  func validate() throws {
    guard to == .npy || !image.isGiven else {
      throw ValidationError(
        "--image, --rows, --columns, --left and --right are of --to npy, not of \(to.rawValue)")
    }
  }

  func run() throws {
    let geometry = to == .npy ? try image.geometry() : nil
    let dataset = try source.dataset()
    var job = ConvertJob(
      dataset, source: source, target: to, encoding: encoding, out: URL(fileURLWithPath: out),
      isResumed: resume, console: verb.console)
    job.translation = try translation(of: dataset)
    let chooser = try sensor.chooser(known: dataset.sensor)
    job.image = try geometry.map { try ConvertImage($0, chooser: chooser) }
    let positions = ProcessShare.current().parts(of: dataset.scans.count)
    let report = try job.run(
      positions,
      Progress(
        style: verb.quiet ? .none : verb.progress, total: positions.count, noun: "scans"))
    for warning in report.warnings(to) { verb.console.warn(warning) }
    if verb.json {
      try verb.console.data(json: report)
    } else {
      verb.console.talk(report.text(out))
    }
    if let worst = report.worstStatus { throw ExitCode(worst.rawValue) }
  }

  private func translation(of dataset: Dataset) throws -> LabelTranslation? {
    guard let labelMap else { return nil }
    let target = try LabelMap.named(labelMap)
    return try LabelTranslation(from: dataset.labelMap ?? target, to: target)
  }
}

extension ScanEncoding: ExpressibleByArgument {}
