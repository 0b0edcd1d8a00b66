package import PointClouds

extension PointCloud {
  /// What brings the intensities to 0...1: the sensor's maximum, or, where that is not known, a
  /// byte's where any exceeds 1.
  package func intensityScale(for sensor: SensorTable?) -> Float {
    let maximum = intensity.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
    if maximum <= 1 { return 1 }
    return 1 / Float(sensor.map(\.intensityMaximum).flatMap { $0 > 1 ? $0 : nil } ?? 255)
  }
}
