import Foundation
import PointClouds

/// How many returns of a drive each ring had from each direction.
struct ReturnHistogram: Sendable {
  /// Bins of azimuth: half a degree each.
  static let binsPerDegree = 2
  static let bins = 360 * binsPerDegree

  /// How many scans were added.
  private(set) var scans = 0
  private var counts: [[UInt32]] = []

  /// Adds a scan of the drive.
  mutating func add(_ cloud: PointCloud, ringOfPoint: [UInt16]) {
    scans += 1
    let missing = Int(ringOfPoint.max() ?? 0) + 1 - counts.count
    if missing > 0 {
      counts += Array(repeating: Array(repeating: 0, count: Self.bins), count: missing)
    }
    for point in cloud.x.indices where cloud.isMeasured(point) {
      let azimuth = atan2(Double(cloud.y[point]), Double(cloud.x[point])) * 180 / .pi
      let bin = Int((azimuth * Double(Self.binsPerDegree)).rounded(.down))
      counts[Int(ringOfPoint[point])][bin < 0 ? bin + Self.bins : bin % Self.bins] += 1
    }
  }

  /// The mean number of returns of a ring in a scan, by bin.
  func mean(ofRing ring: Int) -> [Double] {
    guard ring < counts.count else { return [Double](repeating: 0, count: Self.bins) }
    return counts[ring].map { Double($0) / Double(scans) }
  }
}
