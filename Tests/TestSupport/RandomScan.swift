import Foundation
public import PointClouds

/// Clouds of random points.
public enum RandomScan {
  /// Points all around, between 2 and 60 m away and up to 30 degrees below the sensor.
  public static func cloud(count: Int, seed: UInt64 = 3) -> PointCloud {
    var random = SeededNumbers(seed: seed)
    var cloud = PointCloud()
    for _ in 0..<count {
      let azimuth = Float.random(in: -.pi...(.pi), using: &random)
      let elevation = Float.random(in: -0.5...0.03, using: &random)
      let range = Float.random(in: 2...60, using: &random)
      cloud.x.append(range * cos(elevation) * cos(azimuth))
      cloud.y.append(range * cos(elevation) * sin(azimuth))
      cloud.z.append(range * sin(elevation))
      cloud.intensity.append(Float.random(in: 0...1, using: &random))
    }
    return cloud
  }

  /// The bytes of a KITTI `.bin` of a cloud.
  public static func kittiBytes(_ cloud: PointCloud) -> [UInt8] {
    (0..<cloud.count).flatMap { index in
      [cloud.x[index], cloud.y[index], cloud.z[index], cloud.intensity[index]].flatMap { value in
        withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
      }
    }
  }
}
