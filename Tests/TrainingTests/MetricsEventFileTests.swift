import Foundation
import TestSupport
import Testing
import Training

@Suite struct MetricsEventFileTests {
  /// The vectors of RFC 3720, B.4, and the one that catalogues of checksums have.
  @Test(
    arguments: [
      ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
      ([UInt8](repeating: 255, count: 32), 0x62A8_AB43),
      (Array(0..<32), 0x46DD_794E), (Array("123456789".utf8), 0xE306_9283), ([], 0),
    ] as [([UInt8], UInt32)])
  func checksumsAreTheKnownOnes(bytes: [UInt8], sum: UInt32) {
    #expect(CRC32C.checksum(bytes) == sum)
  }

  /// What TensorBoard 2.21's own classes write: the format's version, a start at step 301, and two
  /// numbers of step 401.
  @Test func theFileIsWhatTensorBoardWouldHaveWritten() throws {
    let folder = try TemporaryFolder()
    let log = try MetricsLog(
      path: folder.path("metrics.jsonl"), eventsFolder: folder.url.path, after: 300,
      startTime: 1_700_000_000)
    try log.append(
      MetricsRecord(step: 401, seconds: 100.25, values: ["loss": -1.5, "iou.car": 0.75]))
    let bytes = try Data(
      contentsOf: URL(fileURLWithPath: folder.path("events.out.tfevents.1700000000.0000")))
    let expected = [
      "1800000000000000a37f4b22",
      "0900000040fc54d9411a0d627261696e2e4576656e743a32", "eced8f9d",
      "100000000000000095fbfe18",
      "0900000040fc54d94110ad023a020801", "b5733346",
      "2b00000000000000861bc34b",
      "0900001059fc54d9411091032a1d0a0e0a07696f752f636172150000403f0a0b0a046c6f7373150000c0bf",
      "6d645cf2",
    ]
    #expect(bytes.map { String(format: "%02x", $0) }.joined() == expected.joined())
  }
}
