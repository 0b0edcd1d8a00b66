#if Viewer
import Foundation
import Pictures
import PointClouds
import RangeImages
import Segmentation
import TestSupport
import Testing
import Viewer

/// The bytes of a sweep, as docs/viewing.md has them.
@Suite struct SweepBytesTests {
  private let sweeps: MadeUpSweeps

  init() throws { sweeps = try MadeUpSweeps() }

  private func word(_ bytes: [UInt8], _ place: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << (8 * $1) }
  }

  private func half(_ bytes: [UInt8], _ place: Int) -> UInt16 {
    UInt16(truncatingIfNeeded: UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8)
  }

  private func real(_ bytes: [UInt8], _ place: Int) -> Double {
    Double(
      bitPattern: UInt64(word(bytes, place)) | UInt64(word(bytes, place + 4)) << 32)
  }

  @Test(arguments: [0, 1, 7, 200]) func theHeaderSaysWhatFollows(_ count: Int) throws {
    let before = Date().timeIntervalSince1970 * 1000
    let sweep = try sweeps.sweep(12, points: count)
    let bytes = sweep.bytes
    #expect(String(decoding: bytes[..<8], as: UTF8.self) == "LSGSWEEP")
    #expect(word(bytes, 8) == 1 && word(bytes, 12) == 64)
    #expect(word(bytes, 16) == UInt32(count) && word(bytes, 20) == 0)
    #expect(word(bytes, 24) == 16 && word(bytes, 28) == 64 && word(bytes, 32) == 12)
    #expect(abs(real(bytes, 40) - before) < 60_000 && real(bytes, 48) == 5)
    #expect(bytes.count == 64 + 20 * count)
  }

  @Test func everyPropertyOfEveryPointStandsInItsArray() throws {
    let truth = (0..<200).map { PointLabel(semantic: [0, 10, 30, 31, 50][$0 % 5]) }
    let content = try sweeps.content(truth: truth)
    let sweep = SweepBytes(content, number: 0, name: "a", palette: sweeps.palette)
    let bytes = sweep.bytes
    #expect(word(bytes, 20) == 1)
    let intensityScale = 1 / max(1, content.cloud.intensity.max() ?? 1) < 1 ? Float(1) / 255 : 1
    for point in 0..<200 {
      let place = 64 + 12 * point
      let isMeasured = content.cloud.isMeasured(point)
      let x = Float(bitPattern: word(bytes, place))
      #expect(isMeasured ? x == content.cloud.x[point] : x.isNaN)
      let z = Float(bitPattern: word(bytes, place + 8))
      #expect(isMeasured ? z == content.cloud.z[point] : z.isNaN)
      let cell = Int(content.result.projection.cellOfPoint[point])
      let row = half(bytes, 64 + 12 * 200 + 2 * point)
      let column = half(bytes, 64 + 14 * 200 + 2 * point)
      #expect(cell < 0 ? row == 65_535 && column == 65_535 : Int(row) * 64 + Int(column) == cell)
      let intensity = (content.cloud.intensity[point] * intensityScale * 255).rounded()
      #expect(abs(Float(bytes[64 + 16 * 200 + point]) - intensity) <= 1)
      #expect(
        bytes[64 + 17 * 200 + point] == sweeps.palette.position(of: content.result.labels[point]))
      let confidence = content.result.confidence[point]
      #expect(abs(Float(bytes[64 + 18 * 200 + point]) / 255 - confidence) < 0.003)
    }
    #expect(Array(bytes[(64 + 19 * 200)...]) == (0..<200).map { [0, 2, 3, 4, 1][$0 % 5] })
  }

  @Test func aPointWithoutAPositionHasNone() {
    let cloud = PointCloud(x: [1, 0, .nan], y: [2, 0, 1], z: [0, 0, 1], intensity: [0, .nan, 9])
    let content = sweeps.content(of: cloud)
    let bytes = SweepBytes(content, number: 0, name: "a", palette: sweeps.palette).bytes
    let places = (0..<9).map { Float(bitPattern: word(bytes, 64 + 4 * $0)) }
    #expect(places[..<3] == [1, 2, 0])
    #expect(places[3...].allSatisfy { $0.isNaN })
  }
}
#endif
