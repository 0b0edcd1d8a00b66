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
    "hdl32e": 0x1a32_28fc_78bd_12d1,
    "hdl64e-kitti": 0x2f78_feac_3b85_4373,
    "hdl64e-s2-sztaki": 0xf568_28e8_6991_c210,
    "hdl64e-s3-xiesc": 0xdb62_2fd0_8c31_3113,
    "hdl64e-utexas": 0x6703_a760_7d63_1b2f,
    "os1-128-nominal": 0x6433_4c4a_8ae4_a8fb,
    "os1-64": 0x316a_8722_50f7_8518,
    "vlp16": 0xf31_ff92_f4bc_68b5,
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
