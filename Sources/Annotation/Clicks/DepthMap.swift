import Foundation
import PointClouds

/// How far what stands on the ground is from the sensor, by direction: the nearest point in each cell
/// of half a degree of azimuth and one of elevation.
struct DepthMap: Sendable {
  private static let columns = 720
  private static let rows = 60
  private static let lowest: Float = -40

  private var ranges = [Float](repeating: .infinity, count: columns * rows)

  init(_ cloud: PointCloud, _ clearance: [Float]) {
    for index in 0..<cloud.count where clearance[index] >= OpenedSweep.groundThickness {
      let place = SIMD3(cloud.x[index], cloud.y[index], cloud.z[index])
      let (column, row, range) = Self.cell(place)
      guard let row else { continue }
      ranges[row * Self.columns + column] = min(ranges[row * Self.columns + column], range)
    }
  }

  /// Whether one of the two cells beside a place, in its row, holds something at least `margin` metres
  /// nearer.
  func isHidden(beside place: SIMD3<Float>, toLeft: Bool, margin: Float) -> Bool {
    let (column, row, range) = Self.cell(place)
    guard let row else { return false }
    for offset in [1, 2] {
      let next = (column + (toLeft ? offset : -offset) + Self.columns) % Self.columns
      if ranges[row * Self.columns + next] < range - margin { return true }
    }
    return false
  }

  private static func cell(_ place: SIMD3<Float>) -> (column: Int, row: Int?, range: Float) {
    let flat = (place.x * place.x + place.y * place.y).squareRoot()
    let azimuth = atan2(place.y, place.x) / .pi * Float(columns / 2)
    let column = (Int(azimuth.rounded(.down)) + columns) % columns
    let elevation = atan2(place.z, flat) * 180 / .pi - lowest
    let row = elevation >= 0 && elevation < Float(rows) ? Int(elevation) : nil
    return (column, row, flat)
  }
}
