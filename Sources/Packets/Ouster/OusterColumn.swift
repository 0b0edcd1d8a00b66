import Foundation

/// A beam of a column that looks along the x of the lidar's frame.
struct OusterRow: Sendable {
  /// Where it points.
  let direction: SIMD3<Float>
  /// Degrees clockwise from its column.
  let azimuth: Float
  let ring: UInt8

  init(_ metadata: OusterMetadata, row: Int, ring: Int) {
    let altitude = metadata.altitudes[row] * .pi / 180
    let azimuth = -metadata.azimuths[row] * .pi / 180
    direction = SIMD3(
      Float(cos(altitude) * cos(azimuth)), Float(cos(altitude) * sin(azimuth)),
      Float(sin(altitude)))
    self.azimuth = Float(metadata.azimuths[row])
    self.ring = UInt8(ring)
  }
}

/// How a column's beams lie in the sensor's frame.
struct OusterColumn: Sendable {
  /// What the axes of a column that looks along x become.
  private let (x, y, z): (SIMD3<Float>, SIMD3<Float>, SIMD3<Float>)
  /// Where its beams begin, in metres.
  private let origin: SIMD3<Float>
  /// Degrees clockwise from forward, from 0 to below 360.
  private let azimuth: Float

  init(_ metadata: OusterMetadata, number: Int) {
    let turned = Double(number) / Double(metadata.columnsPerFrame)
    let (cosine, sine) = (cos(-2 * .pi * turned), sin(-2 * .pi * turned))
    let rows = metadata.lidarToSensor
    let axis = { SIMD3(rows[$0], rows[4 + $0], rows[8 + $0]) }
    let (forward, left) = (cosine * axis(0) + sine * axis(1), cosine * axis(1) - sine * axis(0))
    (x, y, z) = (SIMD3<Float>(forward), SIMD3<Float>(left), SIMD3<Float>(axis(2)))
    origin = SIMD3<Float>(
      metadata.beamOriginRadius * forward + metadata.beamOriginHeight * axis(2) + axis(3))
    let yaw = atan2(rows[4], rows[0]) * 180 / .pi
    let degrees = (360 * turned - yaw + 720).truncatingRemainder(dividingBy: 360)
    azimuth = Float(degrees)
  }

  /// The point so many metres along a beam.
  @inline(__always)
  func point(_ row: OusterRow, distance: Float) -> SweepPoint {
    let way = distance * row.direction
    let place = origin + way.x * x + way.y * y + way.z * z
    var azimuth = azimuth + row.azimuth
    if azimuth < 0 { azimuth += 360 }
    if azimuth >= 360 { azimuth -= 360 }
    return SweepPoint(x: place.x, y: place.y, z: place.z, azimuth: azimuth, ring: row.ring)
  }
}
