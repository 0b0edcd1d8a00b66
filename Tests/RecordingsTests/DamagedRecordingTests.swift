import PointClouds
import Recordings
import TestSupport
import Testing

/// Recordings that are broken in every way there is; a crash would end the whole test run.
@Suite struct DamagedRecordings {
  static let names = [
    "unchunked.mcap", "none.mcap", "lz4.mcap", "zstd.mcap", "unsummarised.mcap", "none.bag",
    "bz2.bag", "lz4.bag", "plain/plain.db3", "messages/messages.db3", "mcap/mcap.mcap",
    "plain/metadata.yaml",
  ]

  private func flipped(_ bytes: [UInt8], _ count: Int, _ random: inout SplitMix) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<count where !bytes.isEmpty {
      bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
        1 << UInt8.random(in: 0..<8, using: &random)
    }
    return bytes
  }

  @Test(arguments: names)
  func flippedBitsNeverCrash(name: String) throws {
    var random = SplitMix(state: 1)
    let whole = try Fixture.bytes(name)
    for round in 0..<fuzzRounds(usually: 100) {
      fuzzRecordings(flipped(whole, 1 + round % 5, &random))
    }
  }

  @Test(arguments: names)
  func bytesThatAreMissingOrRepeatedNeverCrash(name: String) throws {
    var random = SplitMix(state: 2)
    let whole = try Fixture.bytes(name)
    for _ in 0..<fuzzRounds(usually: 50) {
      var bytes = whole
      let start = Int.random(in: 0..<bytes.count, using: &random)
      let end = min(bytes.count, start + Int.random(in: 1...64, using: &random))
      if Bool.random(using: &random) {
        bytes.removeSubrange(start..<end)
      } else {
        bytes.insert(contentsOf: bytes[start..<end], at: start)
      }
      fuzzRecordings(bytes)
    }
  }

  @Test func flippedBitsOfMessagesNeverCrash() throws {
    var random = SplitMix(state: 3)
    let messages = [
      PointCloud2Message(SampleMessages.scan(4)).encoded(), SampleMessages.packets(1).encoded(),
    ]
    for round in 0..<fuzzRounds(usually: 500) {
      fuzzRecordings(flipped(messages[round % 2], 1 + round % 4, &random))
    }
  }

  @Test func randomBytesBehindTheMarksOfFormatsNeverCrash() {
    var random = SplitMix(state: 4)
    let marks = [
      [], [0x89, 0x4D, 0x43, 0x41, 0x50, 0x30, 0x0D, 0x0A], Array("#ROSBAG V2.0\n".utf8),
      Array("SQLite format 3\0".utf8), [0x28, 0xB5, 0x2F, 0xFD], [0x04, 0x22, 0x4D, 0x18],
      Array("BZh9".utf8), [0, 1, 0, 0],
    ]
    for round in 0..<fuzzRounds(usually: 200) {
      let count = Int.random(in: 0...600, using: &random)
      fuzzRecordings(
        marks[round % marks.count]
          + (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
  }

  @Test(arguments: [Packing.lz4, .zstd, .bzip2])
  func packedBytesThatClaimTooMuchAreRefused(packing: Packing) throws {
    #expect(throws: RecordingsError.self) { try packing.unpack([1, 2, 3], to: 1 << 40) }
    #expect(throws: RecordingsError.self) { try packing.unpack([1, 2, 3], to: .max) }
    #expect(throws: RecordingsError.self) { try packing.unpack([], to: 10) }
  }
}

/// The same numbers on every run.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits >> 31
  }
}
