import Foundation
package import Packets

/// A data packet, and the points that it was made of.
package struct EncodedPacket: Sendable {
  package var bytes: [UInt8]
  /// In the order of the packet's values.
  package var points: [SweepPoint]
}

/// Writes the packets of an HDL-64E S2 that turns evenly.
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

  /// Packets of a turn, where the step divides it.
  package static let packetsPerTurn = 300

  /// A sensor like many others: beams of two blocks, all corrections different from 0.
  package static func madeUp() throws -> VelodyneCalibration {
    try VelodyneCalibration(
      lasers: (0..<64).map { laser in
        let isUpper = laser < 32
        let place = Double(laser % 32)
        return VelodyneCalibration.Laser(
          elevation: isUpper ? -8.3 + place / 3 : -24.3 + place / 2,
          rotationalCorrection: Double(laser % 8) * 2.5 - 8.75,
          verticalOffset: isUpper ? 0.21 : 0.13,
          horizontalOffset: laser % 2 == 0 ? 0.026 : -0.026,
          distanceCorrection: 1.2 + place / 100)
      })
  }

  /// The packets of what is at a ring (0 is the top) and an azimuth (degrees, clockwise).
  ///
  /// That is a distance in metres, or nothing. Intensities count revolutions from 1.
  package func packets(
    _ count: Int, seeing distance: (_ ring: Int, _ azimuth: Double) -> Double? = Self.somePoints
  ) -> [EncodedPacket] {
    (0..<count).map { packet(number: $0, seeing: distance) }
  }

  /// A beam in ten sees a wall that is nowhere as far as elsewhere.
  package static func somePoints(_ ring: Int, _ azimuth: Double) -> Double? {
    ring % 10 == 3 ? 20 + 10 * sin(azimuth * .pi / 90) + Double(ring) / 10 : nil
  }

  private func packet(
    number: Int, seeing distance: (_ ring: Int, _ azimuth: Double) -> Double?
  ) -> EncodedPacket {
    var packet = EncodedPacket(bytes: [], points: [])
    let time = startTime + 288 * number
    for firing in (number * 6)..<(number * 6 + 6) {
      let azimuth = start + step * firing
      let turned = ((azimuth % 36_000) + 36_000) % 36_000
      let revolution = UInt8(truncatingIfNeeded: 1 + abs(azimuth) / 36_000)
      for (bank, flag) in [[0xff, 0xee], [0xff, 0xdd] as [UInt8]].enumerated() {
        packet.bytes += flag + Self.little(turned, 2)
        for channel in 0..<32 {
          let delay = Double(channel / 4 * 6000 + [0, 1260, 2460, 3660][channel % 4])
          let laser = bank * 32 + channel
          let angle =
            (Double(azimuth) + Double(step) * delay / 48_000) / 100
            - calibration.lasers[laser].rotationalCorrection
          let value = distance(calibration.rings[laser], angle)
          packet.bytes += encode(value, laser) + [value == nil ? 0 : revolution]
          guard let value else { continue }
          var point = point(laser, angle, value)
          point.intensity = revolution
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
