import Recordings
import Testing

@Suite struct CDR {
  @Test(arguments: [ByteOrder.little, .big])
  func whatIsWrittenIsReadBackInEitherOrder(order: ByteOrder) throws {
    var writer = CDRWriter(order)
    writer.write(UInt8(1))
    writer.write(Int16(-2))
    writer.write(UInt8(3))
    writer.write(UInt32(4_000_000_000))
    writer.write("t")
    writer.write(Double.pi)
    writer.write(UInt8(5))
    writer.write(Float(0.1))
    writer.write(Int64.min)
    writer.write(MessageHeader(stamp: -1, frame: "frame"))
    var reader = try CDRReader(writer.bytes)
    #expect(try reader.integer(as: UInt8.self) == 1)
    #expect(try reader.integer(as: Int16.self) == -2)
    #expect(try reader.integer(as: UInt8.self) == 3)
    #expect(try reader.integer(as: UInt32.self) == 4_000_000_000)
    #expect(try reader.text() == "t")
    #expect(try reader.double() == .pi)
    #expect(try reader.integer(as: UInt8.self) == 5)
    #expect(try reader.float() == 0.1)
    #expect(try reader.integer(as: Int64.self) == .min)
    #expect(try reader.header() == MessageHeader(stamp: -1, frame: "frame"))
    #expect(reader.remaining == 0)
  }

  @Test func numbersLieAtMultiplesOfTheirSizeBehindTheFirstFourBytes() {
    var writer = CDRWriter()
    writer.write(UInt8(1))
    writer.write(UInt32(2))
    writer.write(UInt64(3))
    #expect(
      writer.bytes == [0, 1, 0, 0] + [1, 0, 0, 0, 2, 0, 0, 0] + [3, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test func theSecondVersionAlignsToFourBytesAtMost() throws {
    var reader = try CDRReader([0, 7, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0])
    #expect(try reader.integer(as: UInt8.self) == 1)
    #expect(try reader.integer(as: UInt64.self) == 2)
  }

  @Test func anEmptyTextMayLackItsZero() throws {
    var reader = try CDRReader([0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0])
    #expect(try reader.text().isEmpty)
    #expect(try reader.text().isEmpty)
  }

  @Test(arguments: [[], [0, 1, 0], [0, 2, 0, 0], [0xFF, 0xFF, 0, 0]] as [[UInt8]])
  func whatIsNoPlainCDRIsRefused(bytes: [UInt8]) {
    #expect(throws: RecordingsError.self) { try CDRReader(bytes) }
  }

  @Test func aTextLongerThanItsMessageIsRefused() throws {
    var reader = try CDRReader([0, 1, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 65])
    let error = #expect(throws: RecordingsError.self) { try reader.text() }
    #expect(error?.code == .damaged)
    var other = ROS1Reader([0xFF, 0xFF, 0xFF, 0xFF, 65])
    #expect(throws: RecordingsError.self) { try other.text() }
  }

  @Test func ros1HasNoPaddingAndASequenceNumberInItsHeaders() throws {
    var reader = ROS1Reader(
      [9, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 65, 7, 0x34, 0x12])
    #expect(try reader.header() == MessageHeader(stamp: 1_000_000_002, frame: "A"))
    #expect(try reader.integer(as: UInt8.self) == 7)
    #expect(try reader.integer(as: UInt16.self) == 0x1234)
    #expect(throws: RecordingsError.self) { try reader.integer(as: UInt8.self) }
  }
}
