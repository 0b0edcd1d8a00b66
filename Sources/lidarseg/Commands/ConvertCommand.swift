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
      DRIVE/velodyne/FRAME.bin and DRIVE/labels/FRAME.label.

      Example: lidarseg convert kitti/training OUT --to semantickitti
      """)

  /// What `convert` can write.
  enum Target: String, CaseIterable, ExpressibleByArgument, Sendable {
    case kittiBin = "kitti-bin"
    case semanticKITTI = "semantickitti"
    case nuScenes = "nuscenes"
    case npy
    case pcd
    case ply

    var format: ScanFormat {
      switch self {
      case .kittiBin, .semanticKITTI: .kittiBin
      case .nuScenes: .nuScenes
      case .npy: .squeezeSegNpy
      case .pcd: .pcd
      case .ply: .ply
      }
    }

    var suffix: String {
      switch self {
      case .kittiBin, .semanticKITTI: "bin"
      case .nuScenes: "pcd.bin"
      case .npy, .pcd, .ply: rawValue
      }
    }
  }

  @OptionGroup var source: SourceOptions
  @OptionGroup var verb: VerbOptions

  @Argument(help: "The folder to write to.", completion: .directory)
  var out: String

  @Option(help: "What to write: \(Target.list).")
  var to: Target

  @Option(help: "How PCD and PLY store points: \(ScanEncoding.list).")
  var encoding = ScanEncoding.binary

  private struct Report: Encodable {
    var scans = 0
    var points = 0
    var labelledPoints = 0
    var lostFields: [String] = []
    var damagedScans = 0
    var skippedScans = 0
    var worstStatus: ErrorReport.Status?

    private enum CodingKeys: String, CodingKey {
      case scans, points, labelledPoints, lostFields, damagedScans, skippedScans
    }

    /// Notes a fault that does not end the job.
    mutating func fail(with fault: ErrorReport) { worstStatus = worstStatus ?? fault.status }
  }

  func run() throws {
    let dataset = try source.dataset()
    let progress = Progress(
      style: verb.quiet ? .none : verb.progress, total: dataset.scans.count, noun: "scans")
    var report = Report()
    for (position, name) in dataset.scans.enumerated() {
      do {
        try convert(name, &report)
      } catch {
        let fault = ErrorReport(error)
        guard dataset.scans.count > 1, !fault.endsTheJob else { throw fault }
        verb.console.error(fault)
        report.fail(with: fault)
        report.skippedScans += 1
      }
      progress.advance(to: position + 1)
    }
    progress.finish()
    try say(report, verb.console)
    if let worst = report.worstStatus { throw ExitCode(worst.rawValue) }
  }

  private func convert(_ name: DatasetScan, _ report: inout Report) throws {
    let read = try source.read(name)
    var scan = read.scan
    if let labels = try name.labels(of: scan) { scan.labels = labels }
    try write(scan, named: name)
    report.scans += 1
    report.points += scan.cloud.count
    report.labelledPoints += scan.labels?.count { $0.semantic != 0 } ?? 0
    report.lostFields = Set(report.lostFields + lost(of: scan)).sorted()
    if let damage = read.damage {
      let fault = ErrorReport(damage)
      verb.console.error(fault)
      report.fail(with: fault)
      report.damagedScans += 1
    }
  }

  private func lost(of scan: Scan) -> [String] {
    to.format.lost(of: scan).filter { to != .semanticKITTI || $0 != "label" }
  }

  private func write(_ scan: Scan, named name: DatasetScan) throws {
    let drive = URL(fileURLWithPath: out).appending(path: name.drive)
    let folder = to == .semanticKITTI ? drive.appending(path: "velodyne") : drive
    try OutputFolder.make(folder)
    try ScanFile.write(
      scan, to: folder.appending(path: "\(name.frame).\(to.suffix)").path, as: to.format,
      encoding: encoding)
    guard to == .semanticKITTI, let labels = scan.labels else { return }
    let labelFolder = drive.appending(path: "labels")
    try OutputFolder.make(labelFolder)
    try LabelFile.write(labels, to: labelFolder.appending(path: "\(name.frame).label").path)
  }

  private func say(_ report: Report, _ console: Console) throws {
    if !report.lostFields.isEmpty {
      console.warn(
        "\(to.rawValue) has no room for \(report.lostFields.joined(separator: ", "));"
          + " convert to pcd or ply to keep them")
    }
    if verb.json {
      try console.data(json: report)
    } else {
      console.talk(
        "\(report.scans) scans, \(report.points) points, \(report.labelledPoints) labelled: \(out)")
    }
  }
}

extension ScanEncoding: ExpressibleByArgument {}
