import Foundation

/// Where the sensor was at each scan of a drive, as far as the drive's files say: KITTI's `oxts` with
/// the day's `calib_imu_to_velo.txt`, or `poses.txt` with `calib.txt`.
public struct DrivePoses: Sendable {
  private var poses: [String: SensorPose] = [:]

  /// The pose at a frame, where it is known.
  public func pose(ofFrame frame: String) -> SensorPose? { poses[frame] }

  /// How many poses are known.
  public var count: Int { poses.count }

  /// The poses of some scans of one drive; none where the drive has no such files.
  ///
  /// - Throws: `unreadable` or `malformed` for files that are there.
  public init(of scans: [DatasetScan]) throws(DatasetsError) {
    guard let first = scans.first else { return }
    let drive = first.driveFolder
    let frames = scans.map(\.frame)
    if let calibration = try Self.lines(drive.deletingLastPathComponent(), "calib_imu_to_velo.txt")
    {
      try read(inertial: drive, frames, calibration)
    } else if let lines = try Self.lines(drive, "poses.txt"),
      let calibration = try Self.lines(drive, "calib.txt")
    {
      try read(lines, calibration, frames, drive.appending(path: "poses.txt").path)
    }
  }

  /// The lines of a text file that hold something, or nothing where there is no file.
  private static func lines(_ folder: URL, _ name: String) throws(DatasetsError) -> [String]? {
    let path = folder.appending(path: name).path
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      return text.split(whereSeparator: \.isNewline).map(String.init)
    } catch {
      throw DatasetsError(
        .unreadable, "the file cannot be read: \(error.localizedDescription)",
        remedy: "Check its permissions.", path: path)
    }
  }

  private static func numbers(
    _ line: some StringProtocol, least count: Int, in path: String
  ) throws(DatasetsError) -> [Double] {
    let numbers = line.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    guard numbers.count >= count, numbers.allSatisfy(\.isFinite) else {
      throw DatasetsError(
        .malformed, "a line has not \(count) numbers", remedy: "Restore the file from its archive.",
        path: path)
    }
    return numbers
  }

  /// The named line's numbers.
  private static func numbers(
    named name: String, of lines: [String], least count: Int, in path: String
  ) throws(DatasetsError) -> [Double] {
    let line = lines.first { $0.hasPrefix(name + ":") } ?? ""
    return try numbers(line.dropFirst(name.count + 1), least: count, in: path)
  }

  /// KITTI's inertial unit: latitude, longitude (degrees), altitude (metres), roll, pitch and yaw
  /// (radians); the places are Mercator's (KITTI's development kit).
  private mutating func read(
    inertial drive: URL, _ frames: [String], _ calibration: [String]
  ) throws(DatasetsError) {
    let path = drive.deletingLastPathComponent().appending(path: "calib_imu_to_velo.txt").path
    let rotation = try Self.numbers(named: "R", of: calibration, least: 9, in: path)
    let offset = try Self.numbers(named: "T", of: calibration, least: 3, in: path)
    let sensorFromUnit = Rigid(
      rows: (0..<3).map {
        SIMD4(rotation[3 * $0], rotation[3 * $0 + 1], rotation[3 * $0 + 2], offset[$0])
      })
    var scale: Double?
    for frame in frames {
      let name = "oxts/data/\(frame).txt"
      guard let line = try Self.lines(drive, name)?.first else { continue }
      let values = try Self.numbers(line, least: 6, in: drive.appending(path: name).path)
      let (latitude, longitude) = (values[0] * .pi / 180, values[1] * .pi / 180)
      let radius = (scale ?? cos(latitude)) * 6_378_137
      if scale == nil { scale = cos(latitude) }
      let unit = Rigid(
        roll: values[3], pitch: values[4], yaw: values[5],
        origin: SIMD3(
          radius * longitude, radius * log(tan(.pi / 4 + latitude / 2)), values[2]))
      poses[frame] = unit.after(sensorFromUnit.inverse).pose
    }
    // Near zero, so that places keep their millimetres.
    if let first = frames.lazy.compactMap({ [poses] in poses[$0] }).first {
      poses = poses.mapValues { $0.relative(to: first) }
    }
  }

  /// Poses of the camera, one line for each frame number.
  private mutating func read(
    _ lines: [String], _ calibration: [String], _ frames: [String], _ path: String
  ) throws(DatasetsError) {
    func rigid(_ numbers: [Double]) -> Rigid {
      Rigid(rows: (0..<3).map { SIMD4(numbers[4 * $0..<4 * $0 + 4]) })
    }
    let camera = rigid(try Self.numbers(named: "Tr", of: calibration, least: 12, in: path))
    for frame in frames {
      guard let number = Int(frame), lines.indices.contains(number) else { continue }
      let pose = rigid(try Self.numbers(lines[number], least: 12, in: path))
      poses[frame] = camera.inverse.after(pose).after(camera).pose
    }
  }
}

/// A rotation and a shift.
private struct Rigid {
  /// The rows of the 3x4 matrix.
  var rows: [SIMD4<Double>]

  init(rows: [SIMD4<Double>]) {
    self.rows = rows
  }

  init(roll: Double, pitch: Double, yaw: Double, origin: SIMD3<Double>) {
    let (cr, sr, cp, sp) = (cos(roll), sin(roll), cos(pitch), sin(pitch))
    let (cy, sy) = (cos(yaw), sin(yaw))
    rows = [
      SIMD4(cy * cp, cy * sp * sr - sy * cr, cy * sp * cr + sy * sr, origin.x),
      SIMD4(sy * cp, sy * sp * sr + cy * cr, sy * sp * cr - cy * sr, origin.y),
      SIMD4(-sp, cp * sr, cp * cr, origin.z),
    ]
  }

  /// What does `other` first.
  func after(_ other: Rigid) -> Rigid {
    Rigid(
      rows: rows.map { row in
        other.rows[0] * row.x + other.rows[1] * row.y + other.rows[2] * row.z
          + SIMD4(0, 0, 0, row.w)
      })
  }

  var inverse: Rigid {
    let columns = (0..<3).map { SIMD3(rows[0][$0], rows[1][$0], rows[2][$0]) }
    let shift = SIMD3(rows[0].w, rows[1].w, rows[2].w)
    return Rigid(rows: columns.map { SIMD4($0, -($0 * shift).sum()) })
  }

  var pose: SensorPose {
    SensorPose(
      axes: (0..<3).map { SIMD3(rows[0][$0], rows[1][$0], rows[2][$0]) },
      origin: SIMD3(rows[0].w, rows[1].w, rows[2].w))
  }
}
