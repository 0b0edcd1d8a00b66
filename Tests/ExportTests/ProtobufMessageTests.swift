import Foundation
import Testing

@testable import Export

/// The wire format, byte by byte; the first three are the examples of protobuf.dev, "Encoding".
@Suite struct ProtobufMessageTests {
  private func bytes(_ build: (inout ProtobufMessage) -> Void) -> [UInt8] {
    var message = ProtobufMessage()
    build(&message)
    return [UInt8](message.bytes)
  }

  @Test func aNumberTakesSevenBitsToAByteTheLowestFirst() {
    #expect(bytes { $0.add(1, 150) } == [0x08, 0x96, 0x01])
    #expect(bytes { $0.add(1, 0) } == [0x08, 0x00])
    #expect(bytes { $0.add(1, 127) } == [0x08, 0x7f])
    #expect(bytes { $0.add(1, 128) } == [0x08, 0x80, 0x01])
    #expect(bytes { $0.add(1, Int.max) } == [0x08] + [UInt8](repeating: 0xff, count: 8) + [0x7f])
  }

  @Test func aTextHasItsLengthInFront() {
    #expect(
      bytes { $0.add(2, "testing") } == [0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67])
    #expect(bytes { $0.add(2, "") } == [0x12, 0x00])
    #expect(bytes { $0.add(2, "ö") } == [0x12, 0x02, 0xc3, 0xb6])
  }

  @Test func aMessageLiesWithinAnother() {
    #expect(bytes { $0.add(3) { $0.add(1, 150) } } == [0x1a, 0x03, 0x08, 0x96, 0x01])
    #expect(bytes { $0.add(3) { _ in } } == [0x1a, 0x00])
  }

  @Test func aNumberBelowZeroTakesTenBytes() {
    let ones = [UInt8](repeating: 0xff, count: 9)
    #expect(bytes { $0.add(1, -1) } == [0x08] + ones + [0x01])
    #expect(bytes { $0.add(1, -2) } == [0x08, 0xfe] + ones.dropFirst() + [0x01])
  }

  @Test func aFloatIsFourBytesTheLowestFirst() {
    #expect(bytes { $0.add(2, Float(1)) } == [0x15, 0, 0, 0x80, 0x3f])
    #expect(bytes { $0.add(2, Float(-0.5)) } == [0x15, 0, 0, 0, 0xbf])
  }

  @Test func aFieldAboveFifteenHasATagOfTwoBytes() {
    #expect(bytes { $0.add(20, 7) } == [0xa0, 0x01, 0x07])
    #expect(bytes { $0.add(16, "") } == [0x82, 0x01, 0x00])
  }

  @Test func bytesLongerThanALengthOfOneByteAreWhole() {
    let data = Data(repeating: 5, count: 300)
    #expect(bytes { $0.add(9, data) } == [0x4a, 0xac, 0x02] + data)
  }
}
