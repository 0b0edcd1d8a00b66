package import PointClouds

extension PointCloud {
  /// What brings the intensities to 0...1.
  ///
  /// Where any exceeds 1, it is the sensor's maximum, or a byte's where that is not known; and where any
  /// exceeds that, too, what 16 bits hold, as in LAS files.
  package func intensityScale(for sensor: SensorTable?) -> Float {
    let maximum = intensity.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
    if maximum <= 1 { return 1 }
    let greatest = Float(sensor.map(\.intensityMaximum).flatMap { $0 > 1 ? $0 : nil } ?? 255)
    return 1 / (maximum <= greatest ? greatest : 65_535)
  }
}
