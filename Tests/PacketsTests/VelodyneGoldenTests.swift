import Foundation
import Packets
import Testing

/// Points that velodyne-decoder makes of packets with made-up values (tools/goldens/velodyne.py).
struct VelodyneGolden: Decodable {
  struct Case: Decodable, Sendable, CustomStringConvertible {
    var model: String
    var packet: String
    /// x, y, z in metres, intensity, ring from the bottom, and microseconds where they are told.
    var points: [[Double]]
    /// Elevation, rotational correction (radians), vertical and horizontal offset, distance
    /// correction (metres).
    var lasers: [[Double]]?

    var hasTimes: Bool { points.allSatisfy { $0.count > 5 } }
    var description: String { "\(model), \(points.count) points" }

    func decoder() throws -> VelodyneDecoder {
      let model = try #require(VelodyneModel(rawValue: model))
      let given = try lasers.map { lasers in
        try VelodyneCalibration(
          lasers: lasers.map {
            VelodyneCalibration.Laser(
              elevation: $0[0] * 180 / .pi, rotationalCorrection: $0[1] * 180 / .pi,
              verticalOffset: $0[2], horizontalOffset: $0[3], distanceCorrection: $0[4])
          })
      }
      return try VelodyneDecoder(
        model, calibration: #require(given ?? VelodyneCalibration.nominal(model)))
    }

    func bytes() -> [UInt8] {
      let digits = packet.utf8.map { $0 < 58 ? $0 - 48 : $0 - 87 }
      return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
  }

  var cases: [Case]

  static func read() throws -> Self {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Goldens/velodyne.json")
    return try JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
  }
}

/// Rounded azimuths cost the reference up to 1.3 mm at 15 m: 2 mm are what may differ.
@Suite struct VelodyneGoldenTests {
  @Test(arguments: try VelodyneGolden.read().cases)
  func thePointsAreThoseOfVelodyneDecoder(golden: VelodyneGolden.Case) throws {
    let decoder = try golden.decoder()
    let points = decoder.points(of: try VelodynePacket(golden.bytes()), time: 0)
    try #require(points.count == golden.points.count)
    let highest = decoder.model.laserCount - 1
    // The reference puts two returns side by side.
    let mine = points.sorted { first, second in
      (first.time, -Int(first.ring), first.intensity)
        < (second.time, -Int(second.ring), second.intensity)
    }
    let others = golden.points.sorted { first, second in
      (first.count > 5 ? first[5] : 0, first[4], first[3])
        < (second.count > 5 ? second[5] : 0, second[4], second[3])
    }
    let isSorted = golden.hasTimes
    for (point, expected) in zip(isSorted ? mine : points, isSorted ? others : golden.points) {
      #expect(abs(Double(point.x) - expected[0]) < 0.002)
      #expect(abs(Double(point.y) - expected[1]) < 0.002)
      #expect(abs(Double(point.z) - expected[2]) < 0.002)
      #expect(Double(point.intensity) == expected[3])
      #expect(highest - Int(point.ring) == Int(expected[4]))
      if expected.count > 5 { #expect(abs(Double(point.time) / 1000 - expected[5]) < 0.05) }
    }
  }
}
