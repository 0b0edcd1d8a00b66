import Packets
import TestSupport
import Testing

@Suite struct PcapngTests {
  @Test(
    arguments: [
      (nil, 1_234_567, 1_234_567_000), (6, 1_234_567, 1_234_567_000), (9, 1_234_567, 1_234_567),
      (3, 1234, 1_234_000_000), (0, 12, 12_000_000_000), (12, 1_234_567, 1234),
      (0x8a, 1536, 1_500_000_000), (0x80, 3, 3_000_000_000), (0x80 + 32, 1 << 31, 500_000_000),
      (127, 5, 0), (0xff, 5, 0),
    ] as [(UInt8?, UInt64, Int64)])
  func timesHaveTheUnitThatTheInterfaceSays(
    resolution: UInt8?, ticks: UInt64, nanoseconds: Int64
  ) {
    var writer = CaptureWriter()
    writer.section()
    writer.interface(resolution: resolution, secondsOffset: 7)
    writer.enhancedPacket([1], ticks: ticks)
    let (packets, error) = CaptureWriter.read(writer.bytes)
    #expect(error == nil)
    #expect(packets.first?.time == nanoseconds + 7_000_000_000)
  }

  @Test(arguments: [(0 as UInt8, 0 as Int64), (0x80, 0), (6, .max), (9, .min)])
  func aTimeBeyondItsTypeIsDamage(resolution: UInt8, secondsOffset: Int64) {
    var writer = CaptureWriter()
    writer.section()
    writer.interface(resolution: resolution, secondsOffset: secondsOffset)
    writer.enhancedPacket([1], ticks: .max)
    #expect(CaptureWriter.read(writer.bytes).error?.code == .damaged)
  }

  @Test func allKindsOfPacketsAreRead() {
    var writer = CaptureWriter()
    writer.section()
    writer.interface(linkType: 113, longestPacket: 6)
    writer.interface(linkType: 101, resolution: 9)
    writer.simplePacket([1, 2, 3, 4, 5, 6], originalLength: 100)
    writer.obsoletePacket([7, 8], ticks: 3)
    writer.block(0x4000_0001) { $0.number(UInt32(5)) }
    writer.enhancedPacket([9], ticks: 4, interface: 1)
    let (packets, error) = CaptureWriter.read(writer.bytes)
    #expect(error == nil)
    #expect(packets.map(\.bytes) == [[1, 2, 3, 4, 5, 6], [7, 8], [9]])
    #expect(packets.map(\.linkType) == [113, 113, 101])
    #expect(packets.map(\.time) == [nil, 3000, 4])
    #expect(packets.map(\.originalLength) == [100, 2, 1])
  }

  @Test func aSectionOfTheOtherByteOrderBeginsAnew() {
    var little = CaptureWriter()
    little.section()
    little.interface()
    little.enhancedPacket([1], ticks: 1)
    var big = CaptureWriter(isBigEndian: true)
    big.section()
    big.interface(linkType: 276)
    big.enhancedPacket([2], ticks: 2)
    let (packets, error) = CaptureWriter.read(little.bytes + big.bytes)
    #expect(error == nil)
    #expect(packets.map(\.linkType) == [1, 276])
    #expect(packets.map(\.time) == [1000, 2000])
  }

  @Test func aPacketOfNoInterfaceIsDamage() {
    var writer = CaptureWriter()
    writer.section()
    writer.enhancedPacket([1], ticks: 1)
    let error = CaptureWriter.read(writer.bytes).error
    #expect(error?.code == .damaged && error?.offset == 28)
  }

  @Test(arguments: [0, 8, 13, 1 << 25] as [UInt32])
  func aBlockOfALengthThatCannotBeIsDamage(length: UInt32) {
    var writer = CaptureWriter()
    writer.section()
    writer.number(UInt32(6))
    writer.number(length)
    writer.number(UInt32(0))
    let error = CaptureWriter.read(writer.bytes).error
    #expect(error?.code == .damaged && error?.offset == 32)
  }

  @Test func aPacketLongerThanItsBlockIsDamage() {
    var writer = CaptureWriter()
    writer.section()
    writer.interface()
    writer.block(6) {
      $0.number(UInt32(0))
      $0.number(UInt64(0))
      $0.number(UInt32(500))
      $0.number(UInt32(500))
    }
    let error = CaptureWriter.read(writer.bytes).error
    #expect(error?.code == .damaged && error?.message.contains("500 bytes") == true)
  }
}
