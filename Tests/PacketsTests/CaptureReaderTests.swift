import Foundation
import Packets
import TestSupport
import Testing

@Suite struct CaptureReaderTests {
  private static let packets: [[UInt8]] = [[1, 2, 3], Array(0...200), [], [9, 9, 9, 9]]

  private static func pcap(isBigEndian: Bool = false, magic: UInt32 = 0xa1b2_c3d4) -> [UInt8] {
    var writer = CaptureWriter(isBigEndian: isBigEndian)
    writer.pcapHeader(magic: magic)
    for (index, packet) in packets.enumerated() {
      writer.pcapRecord(seconds: 1_600_000_000, fraction: UInt32(index + 5), packet)
    }
    return writer.bytes
  }

  private static func pcapng(isBigEndian: Bool = false, resolution: UInt8? = nil) -> [UInt8] {
    var writer = CaptureWriter(isBigEndian: isBigEndian)
    writer.section()
    writer.interface(resolution: resolution)
    for (index, packet) in packets.enumerated() {
      writer.block(0xbad) { $0.number(UInt64(1)) }
      writer.enhancedPacket(packet, ticks: UInt64(index + 5))
    }
    return writer.bytes
  }

  @Test(arguments: [true, false], [(0xa1b2_c3d4 as UInt32, 1000 as Int64), (0xa1b2_3c4d, 1)])
  func pcapIsReadInBothByteOrdersAndBothUnitsOfTime(
    isBigEndian: Bool, unit: (magic: UInt32, nanoseconds: Int64)
  ) {
    let (packets, error) = CaptureWriter.read(
      Self.pcap(isBigEndian: isBigEndian, magic: unit.magic))
    #expect(error == nil)
    #expect(packets.map(\.bytes) == Self.packets)
    #expect(
      packets.map(\.time)
        == (5...8).map { 1_600_000_000_000_000_000 + Int64($0) * unit.nanoseconds })
    #expect(packets.map(\.offset) == [24, 43, 260, 276])
  }

  @Test(arguments: [true, false], [1, 3, 7, 64])
  func theSamePacketsComeOutOfPiecesOfAnySize(isPcapng: Bool, piece: Int) {
    let bytes = isPcapng ? Self.pcapng() : Self.pcap()
    let whole = CaptureWriter.read(bytes)
    let pieces = CaptureWriter.read(bytes, piece: piece)
    #expect(pieces.packets == whole.packets)
    #expect(pieces.error == nil && whole.error == nil)
    #expect(whole.packets.map(\.bytes) == Self.packets)
  }

  @Test(arguments: [true, false])
  func aFileCutAnywhereGivesThePacketsBeforeTheCutAndSaysWhereItIs(isPcapng: Bool) {
    let bytes = isPcapng ? Self.pcapng(isBigEndian: true) : Self.pcap()
    let whole = CaptureWriter.read(bytes).packets
    for length in 0..<bytes.count {
      let (packets, error) = CaptureWriter.read(Array(bytes[..<length]))
      #expect(packets == Array(whole.prefix(packets.count)))
      let end = { (packet: CapturePacket) in
        packet.offset + (isPcapng ? 32 + (packet.bytes.count + 3) / 4 * 4 : 16 + packet.bytes.count)
      }
      #expect(packets.count == whole.count { end($0) <= length })
      guard let error else { continue }
      #expect(error.code == .truncated)
      #expect(error.path == "a.pcap")
      #expect((error.offset ?? -1) <= length && (error.offset ?? -1) >= (packets.last?.offset ?? 0))
    }
    #expect(CaptureWriter.read([]).error?.code == .truncated)
    #expect(CaptureWriter.read(Array(bytes.dropLast())).error?.code == .truncated)
  }

  @Test func aLengthThatCannotBeIsDamageAtItsRecord() {
    var writer = CaptureWriter()
    writer.pcapHeader()
    writer.pcapRecord(seconds: 1, fraction: 2, [1, 2, 3])
    let place = writer.bytes.count
    writer.number(UInt64(0))
    writer.number(UInt32(300_000))
    writer.number(UInt32(300_000))
    let (packets, error) = CaptureWriter.read(writer.bytes)
    #expect(packets.count == 1)
    #expect(error?.code == .damaged && error?.offset == place)
    #expect(error?.message.contains("300000") == true)
  }

  @Test func aBlockThatEndsWithAnotherLengthIsDamage() {
    var bytes = Self.pcapng()
    bytes[bytes.count - 4] ^= 4
    let (packets, error) = CaptureWriter.read(bytes)
    #expect(packets.count == 3)
    #expect(error?.code == .damaged && error?.offset == bytes.count - 4)
  }

  @Test func whatFollowsAnErrorIsTheSameError() throws {
    var reader = CaptureReader()
    reader.append([1, 2, 3, 4])
    for _ in 0..<3 {
      let error = #expect(throws: PacketsError.self) { try reader.next() }
      #expect(error?.code == .unrecognised)
      reader.append(Self.pcap())
    }
    #expect(throws: PacketsError.self) { try reader.finish() }
  }

  @Test func otherVersionsAreNamed() {
    var pcapng = CaptureWriter()
    pcapng.section(major: 3)
    #expect(CaptureWriter.read(pcapng.bytes).error?.code == .unsupported)
    var pcap = Self.pcap()
    pcap[4] = 9
    #expect(CaptureWriter.read(pcap).error?.message.contains("version 9") == true)
  }

  @Test func aPacketThatWasCutKeepsItsLength() {
    var writer = CaptureWriter()
    writer.pcapHeader(linkType: 0xf000_0001)
    writer.pcapRecord(seconds: 1, fraction: 2, [1, 2, 3], originalLength: 1248)
    let packet = CaptureWriter.read(writer.bytes).packets.first
    #expect(packet?.originalLength == 1248 && packet?.linkType == 1)
  }

  @Test func aFileThatGrowsIsFollowed() throws {
    let folder = try TemporaryFolder()
    let bytes = Self.pcap()
    let path = try folder.write(bytes.prefix(50), to: "growing.pcap")
    var file = try CaptureFile(path: path, pieceLength: 7)
    #expect(try file.next()?.bytes == Self.packets[0])
    #expect(try file.next() == nil)
    #expect(throws: PacketsError.self) { try file.finish() }
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: bytes.dropFirst(50))
    for packet in Self.packets.dropFirst() { #expect(try file.next()?.bytes == packet) }
    #expect(try file.next() == nil)
    try file.finish()
  }

  @Test func aMissingFileIsNamed() {
    let error = #expect(throws: PacketsError.self) { try CaptureFile(path: "/no/such.pcap") }
    #expect(error?.code == .unreadable && error?.path == "/no/such.pcap")
  }
}
