import Foundation
import Packets
import TestSupport
import Testing

@Suite struct OusterDecoderTests {
  @Test(arguments: OusterProfile.allCases, [OusterPacketFormat.Header.standard, .functionalSafety])
  func everyPointOfEveryProfileComesBack(
    profile: OusterProfile, header: OusterPacketFormat.Header
  ) throws {
    var encoder = OusterEncoder(profile)
    encoder.header = header
    let metadata = try encoder.metadata()
    let decoder = OusterDecoder(metadata)
    for packet in encoder.frames(1) {
      let points = decoder.points(of: try OusterPacket(packet.bytes, of: metadata))
      try #require(points.count == packet.points.count && !points.isEmpty)
      for (point, expected) in zip(points, packet.points) {
        #expect(abs(point.x - expected.x) < 1e-4 && abs(point.y - expected.y) < 1e-4)
        #expect(abs(point.z - expected.z) < 1e-4 && point.ring == expected.ring)
        #expect(point.time == expected.time && point.intensity == expected.intensity)
        #expect(point.returnIndex == expected.returnIndex)
      }
    }
  }

  @Test func azimuthsAreClockwiseFromForward() throws {
    let encoder = OusterEncoder()
    let metadata = try encoder.metadata()
    let decoder = OusterDecoder(metadata)
    for packet in encoder.frames(1) {
      for point in decoder.points(of: try OusterPacket(packet.bytes, of: metadata)) {
        let angle = Double(atan2(-point.y, point.x)) * 180 / .pi - Double(point.azimuth)
        // The sensor is tipped by half a degree, and its beams begin beside its axis.
        let apart = (angle + 900).truncatingRemainder(dividingBy: 360) - 180
        #expect(abs(apart) < 0.3 && point.azimuth >= 0 && point.azimuth < 360)
      }
    }
  }

  @Test func reflectivitiesOfOldFirmwareAreSquareRootsOf16Bits() throws {
    var encoder = OusterEncoder(.legacy)
    encoder.version = "v2.0.0"
    let metadata = try encoder.metadata()
    var bytes = encoder.frames(1) { _, _ in 10 }[0].bytes
    for (row, value) in [0, 255, 256, 10_000, 65_535].enumerated() {
      bytes.replaceSubrange((20 + 12 * row)..<(22 + 12 * row), with: OusterEncoder.little(value, 2))
    }
    let points = OusterDecoder(metadata).points(of: try OusterPacket(bytes, of: metadata))
    #expect(points.prefix(5).map(\.intensity) == [0, 15, 16, 100, 255])
  }

  @Test func theFarthestDistancesAreRead() throws {
    for (profile, farthest) in [(OusterProfile.legacy, 1048.575), (.single, 524.287)] {
      let encoder = OusterEncoder(profile)
      let run = try SweepRun(encoder.frames(1) { _, _ in farthest }.map(\.bytes), of: encoder)
      let point = try #require(run.points.first)
      let distance = (point.x * point.x + point.y * point.y + point.z * point.z).squareRoot()
      // The matrix of the encoder's sensor, which tips it, stretches a little.
      #expect(abs(Double(distance) - farthest) < 0.5)
    }
  }

  @Test func aPacketOfAnotherSizeOrOfNoColumnsIsRefused() throws {
    let encoder = OusterEncoder()
    let (metadata, bytes) = (try encoder.metadata(), encoder.frames(1)[3].bytes)
    for length in 0..<bytes.count {
      let error = #expect(throws: PacketsError.self) {
        try OusterPacket(Array(bytes[..<length]), of: metadata)
      }
      #expect(error?.code == .unsupported)
    }
    #expect(throws: PacketsError.self) { try OusterPacket(bytes + [0], of: metadata) }
    for filler in [0, 0xff] as [UInt8] {
      let error = #expect(throws: PacketsError.self) {
        try OusterPacket([UInt8](repeating: filler, count: bytes.count), of: metadata)
      }
      #expect(error?.code == .damaged)
    }
  }
}
