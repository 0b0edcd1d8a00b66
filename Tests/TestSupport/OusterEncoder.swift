import Foundation
package import Packets

/// Writes the packets of an Ouster of five beams, which are not in order, and its metadata.
package struct OusterEncoder: Sendable {
  package var profile = OusterProfile.single
  package var header = OusterPacketFormat.Header.standard
  package var serialNumber = 992_137_000_142
  package var columns = 512
  package var columnsPerPacket = 16
  /// The first and the last column that are sent.
  package var window: [Int]?
  /// The number of the first frame.
  package var frameNumber = 100
  /// When column 0 of the first frame is measured, in nanoseconds.
  package var startTime: Int64 = 1_000_000_000
  /// The firmware's version.
  package var version = "v2.3.1"

  package static let altitudes = [10.5, 3.25, -2.125, 5.875, -15.75]
  package static let azimuths = [3.125, 1, -1.25, -3.5, 0.5]
  /// Metres.
  package static let (radius, height) = (0.02767, 0.0045)
  /// Rows: turned by 170 degrees and tipped a little; metres.
  package static let lidarToSensor: [Double] = {
    let (cosine, sine, tip) = (cos(170 * .pi / 180.0), sin(170 * .pi / 180.0), 0.01)
    return [cosine, -sine, 0, 0.003, sine, cosine, tip, -0.001, 0, 0, 1, 0.03618, 0, 0, 0, 1]
  }()

  package init(_ profile: OusterProfile = .single) { self.profile = profile }

  package var packetsPerFrame: Int { columns / columnsPerPacket }
  package var columnInterval: Int64 { 100_000_000 / Int64(columns) }

  /// Packets of so many frames; intensities count frames from 1.
  ///
  /// The second return of a pixel, where it has two, is 3 m behind the first.
  package func frames(
    _ count: Int, seeing distance: (_ row: Int, _ column: Int) -> Double? = Self.somePoints
  ) -> [EncodedPacket] {
    (0..<count * packetsPerFrame).compactMap { number in
      let range = window ?? [0, columns - 1]
      let first = number % packetsPerFrame * columnsPerPacket
      let isSent = (first..<first + columnsPerPacket).contains { column in
        range[0] <= range[1]
          ? range[0] <= column && column <= range[1] : range[0] <= column || column <= range[1]
      }
      return isSent ? packet(number, seeing: distance) : nil
    }
  }

  package static func somePoints(_ row: Int, _ column: Int) -> Double? {
    (row + column) % 3 == 0
      ? nil : (20 + 10 * sin(Double(column) / 40) + Double(row)).rounded(toMultipleOf: 0.008)
  }

  private func packet(
    _ number: Int, seeing distance: (_ row: Int, _ column: Int) -> Double?
  ) -> EncodedPacket {
    let (frame, place) = (number / packetsPerFrame, number % packetsPerFrame)
    let id = (frameNumber + frame) % (header == .functionalSafety ? 1 << 32 : 1 << 16)
    var packet = EncodedPacket(bytes: start(of: id), points: [])
    for column in (place * columnsPerPacket)..<((place + 1) * columnsPerPacket) {
      let time = startTime + Int64(frame * columns + column) * columnInterval
      packet.bytes += Self.little(Int(time), 8) + Self.little(column, 2)
      let isLegacy = profile == .legacy
      packet.bytes += isLegacy ? Self.little(id, 2) + Self.little(column * 88, 4) : [1, 0]
      var returns: [[SweepPoint]] = [[], []]
      for row in Self.altitudes.indices {
        let value = distance(row, column)
        let intensity = UInt8(truncatingIfNeeded: frame + 1)
        packet.bytes += pixel(value, intensity)
        for index in 0..<(isDual ? 2 : 1) {
          guard let value else { continue }
          var point = Self.point(row, Double(column) / Double(columns), value + 3 * Double(index))
          (point.time, point.intensity, point.returnIndex) = (time, intensity, UInt8(index))
          returns[index].append(point)
        }
      }
      if isLegacy { packet.bytes += [0xff, 0xff, 0xff, 0xff] }
      packet.points += returns[0] + returns[1]
    }
    if profile != .legacy { packet.bytes += [UInt8](repeating: 0xaa, count: 32) }
    return packet
  }

  private var isDual: Bool { [.dual, .lowDataDual, .functionalSafety].contains(profile) }

  private func start(of frame: Int) -> [UInt8] {
    let serial = Self.little(serialNumber, 5)
    let rest = [UInt8](repeating: 0x55, count: 16)
    switch (profile, header) {
    case (.legacy, _): return []
    case (_, .functionalSafety):
      return [1, 9, 9, 9] + Self.little(frame, 4) + [0, 0, 0] + serial + rest
    default: return [1, 0] + Self.little(frame, 2) + [9, 9, 9] + serial + [0, 0, 0, 0] + rest
    }
  }

  /// Bits that are not the distance's are 1.
  private func pixel(_ distance: Double?, _ intensity: UInt8) -> [UInt8] {
    let far = distance.map { Int(($0 * 1000).rounded()) } ?? 0
    let behind = far > 0 ? far + 3000 : 0
    switch profile {
    case .legacy: return Self.little(far | 0xf << 28, 4) + [intensity, 0] + [7, 7, 8, 8, 9, 9]
    case .single: return Self.little(far | 0x1f << 19, 4) + [intensity, 6] + [7, 7, 8, 8, 9, 9]
    case .lowData: return Self.little(far >> 3 | 1 << 15, 2) + [intensity, 8]
    case .dual:
      return Self.little(far | 0x1f << 19, 3) + [intensity]
        + Self.little(behind | 0x1f << 19, 3) + [intensity] + [7, 7, 8, 8, 9, 9, 9, 9]
    case .lowDataDual, .functionalSafety:
      return Self.little(far >> 3 | 1 << 15, 2) + [intensity, 8]
        + Self.little(behind >> 3 | 1 << 15, 2) + [intensity, 8]
    }
  }

  /// The point at a distance, by the formulas of the sensor's manual.
  private static func point(_ row: Int, _ turned: Double, _ distance: Double) -> SweepPoint {
    let encoder = 2 * .pi * (1 - turned)
    let (azimuth, altitude) = (-azimuths[row] * .pi / 180, altitudes[row] * .pi / 180)
    let beam = distance - (radius * radius + height * height).squareRoot()
    let x = beam * cos(encoder + azimuth) * cos(altitude) + radius * cos(encoder)
    let y = beam * sin(encoder + azimuth) * cos(altitude) + radius * sin(encoder)
    let z = beam * sin(altitude) + height
    let place = (0..<3).map { axis in
      let matrix = lidarToSensor[(4 * axis)..<(4 * axis + 4)].map { $0 }
      return Float(matrix[0] * x + matrix[1] * y + matrix[2] * z + matrix[3])
    }
    return SweepPoint(x: place[0], y: place[1], z: place[2], ring: [0, 2, 3, 1, 4][row])
  }

  package static func little(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}

extension Double {
  fileprivate func rounded(toMultipleOf step: Double) -> Double { (self / step).rounded() * step }
}
