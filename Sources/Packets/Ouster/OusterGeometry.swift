/// Where the beams of a sensor begin and point, by a metadata file.
struct OusterGeometry {
  /// Degrees.
  let altitudes: [Double]
  /// Degrees.
  let azimuths: [Double]
  /// Metres.
  let radius: Double
  /// Metres.
  let height: Double
  /// Rows; lengths in metres.
  let lidarToSensor: [Double]

  init(_ document: OusterDocument, pixels: Int) throws(PacketsError) {
    altitudes = try Self.angles("beam_altitude_angles", document[\.beamAltitudeAngles], pixels)
    azimuths = try Self.angles("beam_azimuth_angles", document[\.beamAzimuthAngles], pixels)
    guard altitudes.allSatisfy({ abs($0) < 90 }) else {
      throw .metadata("an angle of beam_altitude_angles is 90 degrees or more")
    }
    if let matrix = document[\.beamToLidarTransform] {
      let metres = try Self.transform("beam_to_lidar_transform", matrix)
      (radius, height) = (metres[3], metres[11])
    } else {
      let length = document[\.lidarOriginToBeamOriginMm] ?? Self.radius(of: document[\.prodLine])
      guard abs(length) <= 1000 else {
        throw .metadata("lidar_origin_to_beam_origin_mm is \(length)")
      }
      (radius, height) = (length / 1000, 0)
    }
    lidarToSensor = try Self.transform(
      "lidar_to_sensor_transform",
      document[\.lidarToSensorTransform] ?? [-1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1, 36.18, 0, 0, 0, 1])
  }

  private static func angles(
    _ name: String, _ angles: [Double]?, _ count: Int
  ) throws(PacketsError) -> [Double] {
    guard let angles else { throw .metadata("\(name) are missing") }
    guard angles.count == count else {
      throw .metadata("\(name) has \(angles.count) angles for \(count) pixels of a column")
    }
    guard angles.allSatisfy({ abs($0) <= 180 }) else {
      throw .metadata("an angle of \(name) is above 180 degrees")
    }
    return angles
  }

  /// Rows of a rotation and a shift in millimetres, with the shift in metres.
  private static func transform(
    _ name: String, _ rows: [Double]
  ) throws(PacketsError) -> [Double] {
    guard rows.count == 16 else { throw .metadata("\(name) has \(rows.count) numbers, not 16") }
    for (index, value) in rows.enumerated() {
      let isShift = index % 4 == 3 && index < 12
      guard abs(value) <= (isShift ? 100_000 : 1.001) else {
        throw .metadata("number \(index) of \(name) is \(value)")
      }
    }
    return rows.enumerated().map { $0 % 4 == 3 && $0 < 12 ? $1 / 1000 : $1 }
  }

  /// What the sensors of a product line are built to, in millimetres; the first ones did not say it.
  private static func radius(of productLine: String?) -> Double {
    let radii = [("OS-0-", 27.67), ("OS-1-", 15.806), ("OS-2-", 13.762)]
    return radii.first { productLine?.hasPrefix($0.0) == true }?.1 ?? 12.163
  }
}
