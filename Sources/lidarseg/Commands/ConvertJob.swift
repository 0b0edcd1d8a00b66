import Datasets
import Foundation
import PointCloudIO
import PointClouds

/// Converts a process's share of a data set's scans, one after the other.
struct ConvertJob {
  let dataset: Dataset
  let source: SourceOptions
  let console: Console
  /// Whether scans whose files are there are left alone.
  let isResumed: Bool
  private var writer: ConvertWriter

  init(
    _ dataset: Dataset, source: SourceOptions, writer: ConvertWriter, isResumed: Bool,
    console: Console
  ) {
    (self.dataset, self.source, self.writer) = (dataset, source, writer)
    (self.isResumed, self.console) = (isResumed, console)
  }

  /// Converts the scans at these positions of the data set.
  ///
  /// - Throws: what concerns all scans, or the only one; what concerns one of many is said and counted.
  mutating func run(_ positions: [Int], _ progress: Progress) throws -> ConvertReport {
    try writer.target.checkNames(of: dataset, in: writer.out)
    for (done, position) in positions.enumerated() {
      let scan = dataset.scans[position]
      do {
        try convert(scan, ScanName(scan, at: position))
      } catch {
        var fault = ErrorReport(error)
        fault.path = fault.path ?? scan.path
        guard dataset.scans.count > 1, !fault.endsTheJob else { throw fault }
        console.error(fault)
        writer.report.fail(with: fault)
        writer.report.skippedScans += 1
      }
      progress.advance(to: done + 1)
    }
    progress.finish()
    try writer.finish()
    return writer.report
  }

  private mutating func convert(_ scan: DatasetScan, _ name: ScanName) throws {
    if isResumed, let points = writer.target.points(of: name, in: writer.out),
      FileManager.default.fileExists(atPath: points.path)
    {
      writer.report.keptScans += 1
      return
    }
    let read = try source.read(scan)
    var labelled = read.scan
    if let labels = try scan.labels(of: labelled) { labelled.labels = labels }
    try writer.write(labelled, name)
    if let damage = read.damage {
      let fault = ErrorReport(damage)
      console.error(fault)
      writer.report.fail(with: fault)
      writer.report.damagedScans += 1
    }
  }
}
