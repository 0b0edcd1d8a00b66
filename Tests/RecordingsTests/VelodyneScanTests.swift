import Recordings
import Testing

@Suite struct VelodyneScans {
  @Test func packetsComeBackWithTheirTimes() throws {
    let message = SampleMessages.packets(3)
    #expect(try VelodyneScanMessage(decoding: message.encoded(), as: .cdr) == message)
  }

  @Test func ros1HasNoPaddingBetweenPackets() throws {
    let packet = SampleMessages.packets(1).packets[0]
    var bytes: [UInt8] = [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 65, 66, 2, 0, 0, 0]
    for second in 4...5 { bytes += [UInt8(second), 0, 0, 0x80, 6, 0, 0, 0] + packet.bytes }
    let message = try VelodyneScanMessage(decoding: bytes, as: .ros1)
    #expect(message.header == MessageHeader(stamp: 2_000_000_003, frame: "AB"))
    #expect(
      message.packets.map(\.stamp) == [0x8000_0004, 0x8000_0005].map { $0 * 1_000_000_000 + 6 })
    #expect(message.packets.allSatisfy { $0.bytes == packet.bytes })
  }

  @Test func packetsThatAreOnlyClaimedAreRefused() throws {
    let bytes = SampleMessages.packets(2).encoded()
    for count in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: RecordingsError.self) {
        try VelodyneScanMessage(decoding: Array(bytes[..<count]), as: .cdr)
      }
    }
    #expect(throws: RecordingsError.self) {
      try VelodyneScanMessage(decoding: bytes, as: .other("json"))
    }
  }
}
