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
/// Unchecked `Sendable`: each is used by one thread only. `load` is called by that of `StoredSweeps`,
/// `whole` by that of the annotators' desk, `confidence` by that of its survey, which has a labeller of
/// its own.
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

  /// What the model's classes mean.
  var labelMap: LabelMap { pipeline.model.description.labelMap }

  /// The model's name.
  var modelName: String { pipeline.model.description.name }

  /// The scans' names, with their drives where there are several.
  var names: [String] {
    let hasDrives = dataset.drives.count > 1
    return dataset.scans.map { hasDrives ? "\($0.drive)/\($0.frame)" : $0.frame }
  }

  func shelf() -> StoredSweeps {
    StoredSweeps(
      SourceDescription(
        name: source.source, kind: .stored,
        sweeps: names, palette: palette, truth: dataset.labelledCount > 0, model: modelName),
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
    let (content, damage) = try content(of: name)
    return SweepBytes(
      content, number: number, name: name.frame, palette: palette, arrival: start, damage: damage)
  }

  /// A scan with the model's labels; one that is damaged is not annotated, as its points could be
  /// others once it is mended.
  func whole(_ name: DatasetScan) throws -> SweepBytes.Content {
    let read = try source.read(name)
    if let damage = read.damage { throw damage }
    let cloud = read.scan.cloud
    let sensor = chooser.sensor(of: cloud, drive: name.drive)
    return SweepBytes.Content(
      cloud: cloud, result: try pipeline.segment(cloud, from: sensor), sensor: sensor)
  }

  /// The mean confidence of the labels that the model gives a scan.
  func confidence(_ name: DatasetScan) throws -> Float {
    try whole(name).result.meanConfidence
  }

  /// A scan with its labels, and what of it is damaged.
  func content(
    of name: DatasetScan
  ) throws -> (content: SweepBytes.Content, damage: String?) {
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
    let content = SweepBytes.Content(
      cloud: cloud, result: try pipeline.segment(cloud, from: sensor), truth: truth,
      sensor: sensor)
    return (content, damage)
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
