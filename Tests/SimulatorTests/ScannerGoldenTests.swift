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
    "hdl32e": 0x7f77_c524_eecd_fb5c,
    "hdl64e-kitti": 0x9df9_acb0_a683_118f,
    "hdl64e-s2-sztaki": 0x4722_581f_f253_6d6c,
    "hdl64e-s3-xiesc": 0x9c8a_ca7e_2311_34df,
    "hdl64e-utexas": 0x3607_4fc9_0f9c_02f7,
    "os1-128-nominal": 0x1141_6567_95a2_d050,
    "os1-64": 0x58fe_270b_1fa5_58f8,
    "vlp16": 0x9905_cdcd_f56c_0fee,
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
