import Foundation
import PointClouds
import Sensors
import Testing

@testable import Simulator

@Suite struct ScannerGoldenTests {
  /// FNV-1a over the points and labels of scene 3 of seed 2026, for each bundled sensor.
  ///
  /// `RECORD=1 tools/test --filter ScannerGoldenTests` prints new ones, and fails.
  private static let hashes: [String: UInt64] = [
    "hdl32e": 0x24c_7e38_7744_1f90,
    "hdl64e-kitti": 0x3d6c_d4d3_03fa_7a4b,
    "hdl64e-s2-sztaki": 0xa4cc_e11a_a9a8_1119,
    "hdl64e-s3-xiesc": 0xd1ff_2c42_2bf3_e6ab,
    "hdl64e-utexas": 0x68e8_09e1_1654_67ca,
    "os1-128-nominal": 0x2432_19c2_e17a_7da1,
    "os1-64": 0xfb11_e985_d805_a9bc,
    "vlp16": 0x229d_34b1_2583_b5d1,
  ]

  @Test(arguments: SensorCatalogue.bundled.tables)
  func aSceneIsTheSameToTheLastBit(_ sensor: SensorTable) throws {
    let scanner = try SceneScanner(
      SimulationConfiguration(), sensor: sensor, seed: 2026, isPortable: true)
    let hash = try hash(of: 3, scanner)
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      print("    \"\(sensor.name)\": 0x\(String(hash, radix: 16)),")
      Issue.record("hashes are recorded, not compared")
    } else {
      #expect(hash == Self.hashes[sensor.name])
    }
  }

  @Test func aSceneIsTheSameInEveryOrder() throws {
    let sensor = try SensorCatalogue.bundled.named("hdl32e")
    func hashes(of scenes: [Int]) throws -> [UInt64] {
      let scanner = try SceneScanner(SimulationConfiguration(), sensor: sensor, seed: 2026)
      return try scenes.map { try hash(of: $0, scanner) }
    }
    let first = try hashes(of: [0, 1, 2])
    #expect(Set(first).count == 3)
    #expect(try hashes(of: [2, 0, 0, 1]) == [first[2], first[0], first[0], first[1]])
    #expect(try hashes(of: [1]) == [first[1]])
  }

  @Test func anotherSeedGivesAnotherScene() throws {
    let sensor = try SensorCatalogue.bundled.named("vlp16")
    let hashes = try [1, 2].map { (seed: UInt64) in
      try hash(of: 0, SceneScanner(SimulationConfiguration(), sensor: sensor, seed: seed))
    }
    #expect(hashes[0] != hashes[1])
  }

  private func hash(of scene: Int, _ scanner: SceneScanner) throws -> UInt64 {
    var hash = Fingerprint()
    try scanner.scan(scene: scene) { _, frame in
      for values in [frame.cloud.x, frame.cloud.y, frame.cloud.z, frame.cloud.intensity] {
        hash.add(values.map(\.bitPattern))
      }
      hash.add(frame.labels.map(\.rawValue))
    }
    return hash.value
  }
}

/// FNV-1a with 64 bits.
private struct Fingerprint {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ words: [UInt32]) {
    for word in words {
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        value = (value ^ UInt64(word >> shift & 0xFF)) &* 0x100_0000_01B3
      }
    }
  }
}
