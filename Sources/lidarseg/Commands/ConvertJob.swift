import Datasets
import Foundation
import PointCloudIO
import PointClouds

/// Converts a process's share of a data set's scans, one after the other.
struct ConvertJob {
  let dataset: Dataset
  let source: SourceOptions
  let target: ConvertTarget
  let encoding: ScanEncoding
  let out: URL
  let console: Console
  /// Whether scans whose files are there are left alone.
  let isResumed: Bool
  /// How labels are changed on the way.
  var translation: LabelTranslation?
  /// Writes range images; only for `npy`.
  var image: ConvertImage?
  private var report = ConvertReport()
  private var unknownLabels: LabelTranslation.UnknownCounts = [:]

  init(
    _ dataset: Dataset, source: SourceOptions, target: ConvertTarget, encoding: ScanEncoding,
    out: URL, isResumed: Bool, console: Console
  ) {
    self.dataset = dataset
    self.source = source
    self.target = target
    self.encoding = encoding
    self.out = out
    self.isResumed = isResumed
    self.console = console
  }

  /// Converts the scans at these positions of the data set.
  ///
  /// - Throws: what concerns all scans, or the only one; what concerns one of many is said and counted.
  mutating func run(_ positions: [Int], _ progress: Progress) throws -> ConvertReport {
    try target.checkNames(of: dataset, in: out)
    for (done, position) in positions.enumerated() {
      let name = dataset.scans[position]
      do {
        try convert(name)
      } catch {
        var fault = ErrorReport(error)
        fault.path = fault.path ?? name.path
        guard dataset.scans.count > 1, !fault.endsTheJob else { throw fault }
        console.error(fault)
        report.fail(with: fault)
        report.skippedScans += 1
      }
      progress.advance(to: done + 1)
    }
    progress.finish()
    report.set(unknown: unknownLabels)
    report.image = image?.count
    return report
  }

  private mutating func convert(_ name: DatasetScan) throws {
    let points = target.points(of: name, in: out)
    if isResumed, FileManager.default.fileExists(atPath: points.path) {
      report.keptScans += 1
      return
    }
    let read = try source.read(name)
    var scan = read.scan
    if let labels = try name.labels(of: scan) { scan.labels = labels }
    if let translation {
      scan.labels = scan.labels.map { translation.translate($0, unknown: &unknownLabels) }
    }
    try write(scan, of: name, to: points)
    report.scans += 1
    report.points += scan.cloud.count
    report.labelledPoints += scan.labels?.count { $0.semantic != 0 } ?? 0
    report.lostFields = Set(report.lostFields + target.lost(of: scan)).sorted()
    if let damage = read.damage {
      let fault = ErrorReport(damage)
      console.error(fault)
      report.fail(with: fault)
      report.damagedScans += 1
    }
  }

  /// Writes the labels before the points, whose file says that the scan is complete.
  private mutating func write(_ scan: Scan, of name: DatasetScan, to points: URL) throws {
    if let path = target.labels(of: name, in: out), let labels = scan.labels {
      try OutputFolder.make(path.deletingLastPathComponent())
      try LabelFile.write(labels, to: path.path)
    }
    try OutputFolder.make(points.deletingLastPathComponent())
    if image != nil {
      try image?.write(scan, drive: name.drive, to: points.path, unknown: &unknownLabels)
    } else {
      try ScanFile.write(scan, to: points.path, as: target.format, encoding: encoding)
    }
  }
}
