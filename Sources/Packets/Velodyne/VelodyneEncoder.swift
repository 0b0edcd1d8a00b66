import Foundation

/// What a laser meets.
package struct VelodyneEcho: Sendable {
  /// Metres along the beam.
  package var distance: Double
  /// Calibrated reflectivity, 0 to 255.
  package var intensity: UInt8

  /// An echo; see the properties.
  package init(distance: Double, intensity: UInt8) {
    (self.distance, self.intensity) = (distance, intensity)
  }
}

/// A data packet, and the points that it was made of.
package struct EncodedPacket: Sendable {
  package var bytes: [UInt8]
  /// In the order of the packet's values.
  package var points: [SweepPoint]

  /// A packet; see the properties.
  package init(bytes: [UInt8], points: [SweepPoint]) {
    (self.bytes, self.points) = (bytes, points)
  }
}

/// Writes the packets of an HDL-64E S2 that turns evenly, to replay what is not recorded as packets.
package struct VelodyneEncoder: Sendable {
  /// Where the lasers point.
  package var calibration: VelodyneCalibration
  /// From firing to firing, in hundredths of a degree; negative to the left.
  package var step = 20
  /// Azimuth of the first firing, in hundredths of a degree.
  package var start = 0
  /// Time of the first packet in microseconds past the hour.
  package var startTime = 0

  /// A sensor that begins ahead, at the full hour; see the properties.
  package init(
    calibration: VelodyneCalibration, step: Int = 20, start: Int = 0, startTime: Int = 0
  ) {
    (self.calibration, self.step, self.start, self.startTime) = (
      calibration, step, start, startTime
    )
  }

  /// The packet of a number, from 0, of what a firing sees at a ring (0 is the top) and an azimuth
  /// (degrees, clockwise).
  package func packet(
    number: Int, seeing echo: (_ firing: Int, _ ring: Int, _ azimuth: Double) -> VelodyneEcho?
  ) -> EncodedPacket {
    var packet = EncodedPacket(bytes: [], points: [])
    let time = startTime + 288 * number
    for firing in (number * 6)..<(number * 6 + 6) {
      let azimuth = start + step * firing
      let turned = ((azimuth % 36_000) + 36_000) % 36_000
      for (bank, flag) in [[0xff, 0xee], [0xff, 0xdd] as [UInt8]].enumerated() {
        packet.bytes += flag + Self.little(turned, 2)
        for channel in 0..<32 {
          let delay = Double(channel / 4 * 6000 + [0, 1260, 2460, 3660][channel % 4])
          let laser = bank * 32 + channel
          let angle =
            (Double(azimuth) + Double(step) * delay / 48_000) / 100
            - calibration.lasers[laser].rotationalCorrection
          let echo = echo(firing, calibration.rings[laser], angle)
          packet.bytes += encode(echo?.distance, laser) + [echo?.intensity ?? 0]
          guard let echo else { continue }
          var point = point(laser, angle, echo.distance)
          point.intensity = echo.intensity
          point.time = Int64(time) * 1000 + Int64(firing % 6) * 48_000 + Int64(delay)
          packet.points.append(point)
        }
      }
    }
    packet.bytes += Self.little(time % 3_600_000_000, 4) + [0x56, 0x11]
    return packet
  }

  private func encode(_ distance: Double?, _ laser: Int) -> [UInt8] {
    guard let distance else { return [0, 0] }
    let units = (distance - calibration.lasers[laser].distanceCorrection) / 0.002
    return Self.little(Int(min(max(units.rounded(), 1), 65_535)), 2)
  }

  private func point(_ number: Int, _ azimuth: Double, _ distance: Double) -> SweepPoint {
    let laser = calibration.lasers[number]
    let (elevation, angle) = (laser.elevation * .pi / 180, azimuth * .pi / 180)
    let ground = distance * cos(elevation)
    return SweepPoint(
      x: Float(ground * cos(angle) + laser.horizontalOffset * sin(angle)),
      y: Float(-ground * sin(angle) + laser.horizontalOffset * cos(angle)),
      z: Float(distance * sin(elevation) + laser.verticalOffset),
      ring: UInt8(calibration.rings[number]))
  }

  private static func little(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
