#if Viewer
import Datasets
import Exchange
import Foundation
import Pictures
import PointCloudIO
import PointClouds
import Segmentation
import Sensors
import Viewer

/// Reads and labels the scans of a data set as the page asks for them.
///
/// Unchecked `Sendable`: `load` is called by one thread only, that of `StoredSweeps`.
final class StoredScanLabeller: @unchecked Sendable {
  private let dataset: Dataset
  private let source: SourceOptions
  private let pipeline: SegmentationPipeline
  private let palette: ClassPalette
  private var chooser: SensorChooser

  init(
    dataset: Dataset, source: SourceOptions, pipeline: SegmentationPipeline, chooser: SensorChooser
  ) {
    (self.dataset, self.source, self.pipeline) = (dataset, source, pipeline)
    self.chooser = chooser
    palette = ClassPalette(pipeline.model.description.labelMap)
  }

  func shelf() -> StoredSweeps {
    let hasDrives = dataset.drives.count > 1
    return StoredSweeps(
      SourceDescription(
        name: source.source, kind: .stored,
        sweeps: dataset.scans.map { hasDrives ? "\($0.drive)/\($0.frame)" : $0.frame },
        palette: palette, truth: dataset.labelledCount > 0, model: pipeline.model.description.name),
      load: load)
  }

  private func load(_ number: Int) throws -> SweepBytes {
    let scan = dataset.scans[number]
    do {
      return try label(scan, number)
    } catch {
      throw SweepFault(ErrorReport(error), name: scan.frame)
    }
  }

  private func label(_ name: DatasetScan, _ number: Int) throws -> SweepBytes {
    let start = ContinuousClock.now
    let read = try source.read(name)
    let cloud = read.scan.cloud
    let sensor = chooser.sensor(of: cloud, drive: name.drive)
    var damage = read.damage.map { ErrorReport($0).words(for: name.frame) }
    var truth: [PointLabel]?
    do {
      truth = try name.labels(of: read.scan)
    } catch {
      // Labels that cannot be read hide none of the points.
      damage = damage ?? ErrorReport(error).words(for: name.frame)
    }
    return SweepBytes(
      SweepBytes.Content(
        cloud: cloud, result: try pipeline.segment(cloud, from: sensor), truth: truth,
        sensor: sensor),
      number: number, name: name.frame, palette: palette, arrival: start, damage: damage)
  }
}

extension ErrorReport {
  /// One sentence for the page, which names no folders of this machine.
  func words(for name: String) -> String {
    "\(name)\(offset.map { ", byte \($0)" } ?? ""): \(message)"
  }
}

extension SweepFault {
  /// A fault of a scan, in the words of the command.
  init(_ report: ErrorReport, name: String) {
    self.init(.failed, report.words(for: name), remedy: report.remedy)
  }
}
#endif
