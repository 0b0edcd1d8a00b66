import Foundation
package import Packets

extension VelodyneEncoder {
  /// Packets of a turn, where the step is the default.
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
    (0..<count).map { number in
      packet(number: number) { firing, ring, azimuth in
        let revolution = UInt8(truncatingIfNeeded: 1 + abs(start + step * firing) / 36_000)
        return distance(ring, azimuth).map { VelodyneEcho(distance: $0, intensity: revolution) }
      }
    }
  }

  /// A beam in ten sees a wall that is nowhere as far as elsewhere.
  package static func somePoints(_ ring: Int, _ azimuth: Double) -> Double? {
    ring % 10 == 3 ? 20 + 10 * sin(azimuth * .pi / 90) + Double(ring) / 10 : nil
  }
}
