package import Datasets
import PointCloudIO
package import PointClouds
package import RangeImages
package import Sensors

/// Scans without labels that a network is to work on, looked through before anything is learned from
/// them: whether its sensor measured them, and whether their figures are what they should be.
package struct TargetScans: Sendable {
  /// The scans as images of which nothing is known.
  package let source: ScanSource

  /// Looks through all scans of a data set.
  ///
  /// - Parameters:
  ///   - dataset: scans in any known layout.
  ///   - sensor: what the network's scans are measured by.
  ///   - geometry: the images.
  ///   - labelMap: the network's classes.
  ///   - window: which part of a scan a sample shows.
  ///   - minimumCount: fewer scans are refused.
  ///   - threadCount: how many scans are read at a time.
  ///   - remark: told what was odd and could be mended.
  /// - Throws: `.unsuitableData` for scans of another sensor, which it names, and for too few; what
  ///   reading throws.
  package init(
    _ dataset: Dataset, sensor: SensorTable, geometry: ImageGeometry, labelMap: LabelMap,
    window: SampleWindow, minimumCount: Int = 2, threadCount: Int, remark: (String) -> Void
  ) throws {
    guard dataset.scans.count >= minimumCount else {
      throw TrainingError(
        .unsuitableData,
        "\(dataset.scans.count) scans of the target are too few for its statistics",
        remedy: "give \(minimumCount) or more", path: dataset.path)
    }
    let firsts = dataset.drives.compactMap { drive in
      dataset.scans.firstIndex { $0.drive == drive }
    }
    let findings = try ParallelMap.map(count: dataset.scans.count, threadCount: threadCount) {
      try Finding(dataset.scans[$0], recognises: firsts.contains($0))
    }
    for first in firsts { try Self.check(findings[first], dataset.scans[first], sensor, remark) }
    Self.remark(on: findings, remark)
    source = try ScanSource(
      unlabelled: dataset, geometry: geometry, labelMap: labelMap, window: window)
  }

  /// What was seen in a scan.
  private struct Finding: Sendable {
    var points: Int
    var unmeasured: Int
    var brightest: Float
    var sensor: SensorTable?

    init(_ name: DatasetScan, recognises: Bool) throws(TrainingError) {
      let cloud: PointCloud
      do throws(PointCloudIOError) {
        let read = try name.read()
        if let damage = read.damage { throw damage }
        cloud = read.scan.cloud
      } catch {
        throw TrainingError(error)
      }
      points = cloud.count
      unmeasured = (0..<cloud.count).count {
        !cloud.isMeasured($0) || !cloud.intensity[$0].isFinite
      }
      brightest = cloud.intensity.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
      sensor = recognises ? SensorRecognition.recognise(cloud)?.sensor : nil
      guard unmeasured < points else {
        throw TrainingError(
          .unsuitableData, "none of the scan's \(points) points has a position",
          remedy: "take the scan away", path: name.path)
      }
    }
  }

  private static func check(
    _ finding: Finding, _ scan: DatasetScan, _ sensor: SensorTable, _ remark: (String) -> Void
  ) throws(TrainingError) {
    guard let found = finding.sensor else {
      return remark("no known sensor fits the scans of \(scan.drive); they are taken as they are")
    }
    guard !found.resembles(sensor) else { return }
    throw TrainingError(
      .unsuitableData,
      "the scans look like those of \(found.name) (\(found.beams.count) beams), not of "
        + "\(sensor.name) (\(sensor.beams.count) beams), which the network is for",
      remedy:
        "say so if the network is for \(found.name): --sensor \(found.name), in a recipe sensor; "
        + "otherwise take one that was trained on it: lidarseg train --set sensor=\(found.name) "
        + "--data streets:\(found.name)", path: scan.path)
  }

  private static func remark(on findings: [Finding], _ remark: (String) -> Void) {
    let unmeasured = findings.filter { $0.unmeasured > 0 }
    if !unmeasured.isEmpty {
      let points = unmeasured.reduce(0) { $0 + $1.unmeasured }
      remark(
        "\(points) points of \(unmeasured.count) scans have no position or no intensity and are "
          + "left out")
    }
    let bright = findings.filter { $0.brightest > 1 }
    if let brightest = bright.map(\.brightest).max() {
      remark(
        "intensities of \(bright.count) of \(findings.count) scans go up to \(brightest) and are "
          + "brought to 0...1")
    }
  }
}

extension SensorTable {
  /// Whether another sensor has as many beams, which look up and down as these do, to 1.5 degrees.
  fileprivate func resembles(_ other: Self) -> Bool {
    beams.count == other.beams.count
      && zip(beams, other.beams).allSatisfy { abs($0.elevation - $1.elevation) <= 1.5 }
  }
}
