import Foundation
import PointCloudIO
import PointClouds
import Sensors

/// A rotation and a translation, from three rows of four numbers.
struct Rigid {
  /// Where x, y and z of the inner frame point in the outer.
  var axes: [SIMD3<Double>]
  var origin: SIMD3<Double>

  init(_ rows: [Double]) {
    let columns = (0..<4).map { SIMD3(rows[$0], rows[4 + $0], rows[8 + $0]) }
    axes = Array(columns[0..<3])
    origin = columns[3]
  }

  /// A point of the inner frame in the outer.
  func outer(_ point: SIMD3<Double>) -> SIMD3<Double> {
    origin + axes[0] * point.x + axes[1] * point.y + axes[2] * point.z
  }

  /// A point of the outer frame in the inner.
  func inner(_ point: SIMD3<Double>) -> SIMD3<Double> {
    let offset = point - origin
    return SIMD3(
      (offset * axes[0]).sum(), (offset * axes[1]).sum(), (offset * axes[2]).sum())
  }
}

/// A sequence in SemanticKITTI's layout, read back from its files.
struct WrittenSequence {
  let folder: URL
  let poses: [Rigid]
  let times: [Double]
  /// The lines of `calib.txt` by name.
  let calibration: [String: [Double]]
  /// The way from the sensor's frame to the camera's.
  let camera: Rigid

  init(_ folder: URL) throws {
    self.folder = folder
    func lines(_ name: String) throws -> [Substring] {
      try String(contentsOf: folder.appending(path: name), encoding: .utf8).split(separator: "\n")
    }
    func numbers(_ text: Substring) -> [Double] {
      text.split(separator: " ").compactMap(Double.init)
    }
    poses = try lines("poses.txt").map { Rigid(numbers($0)) }
    times = try lines("times.txt").compactMap { Double($0) }
    calibration = Dictionary(
      uniqueKeysWithValues: try lines("calib.txt").map { line in
        let parts = line.split(separator: ":")
        return (String(parts[0]), numbers(parts[1]))
      })
    camera = Rigid(calibration["Tr"] ?? [])
  }

  /// The points of a frame with some labels, in the sensor's frame of the first scan.
  func points(
    frame: Int, where isWanted: (PointLabel) -> Bool
  ) throws -> [SIMD3<Double>] {
    let name = String(format: "%06d", frame)
    let cloud = try ScanFile.read(folder.appending(path: "velodyne/\(name).bin").path).scan.cloud
    let labels = try LabelFile.read(
      folder.appending(path: "labels/\(name).label").path, expecting: cloud.count)
    return labels.indices.filter { isWanted(labels[$0]) }.map { index in
      let point = SIMD3(Double(cloud.x[index]), Double(cloud.y[index]), Double(cloud.z[index]))
      return inFirstFrame(point, frame: frame)
    }
  }

  /// A point of the sensor's frame of one scan, in that of the first.
  func inFirstFrame(_ point: SIMD3<Double>, frame: Int) -> SIMD3<Double> {
    camera.inner(poses[frame].outer(camera.outer(point)))
  }
}

extension SensorTable {
  /// A sensor of few beams that is quickly simulated.
  static var sparse: Self {
    get throws {
      try SensorTable(
        yaml: """
          {name: sparse, title: Sparse, quality: nominal, source: made up, rotation_hz: 10,
           intensity_maximum: 255, azimuth_steps: [{step_deg: 2, share: 1}],
           range: {maximum_m: 100, quantum_m: 0.002},
           beams: [{elevation_deg: 2}, {elevation_deg: -3}, {elevation_deg: -10}]}
          """)
    }
  }
}
