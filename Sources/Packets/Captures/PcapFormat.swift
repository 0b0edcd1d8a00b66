/// The records of a pcap file (draft-ietf-opsawg-pcap).
struct PcapFormat: Sendable {
  /// The longest packet that libpcap writes.
  static let longestPacket = 262_144
  private static let headerLength = 24
  private static let recordLength = 16

  private let order: ByteOrder
  /// Nanoseconds in a unit of the fraction of a second.
  private let tick: Int64
  private let linkType: UInt32

  /// Reads the file's header; nil where it is not there yet.
  ///
  /// - Throws: `unrecognised` or `unsupported`.
  init?(_ buffer: inout CaptureBuffer, magic: UInt32) throws(PacketsError) {
    switch magic {
    case 0xa1b2_c3d4: (order, tick) = (.big, 1000)
    case 0xd4c3_b2a1: (order, tick) = (.little, 1000)
    case 0xa1b2_3c4d: (order, tick) = (.big, 1)
    case 0x4d3c_b2a1: (order, tick) = (.little, 1)
    default:
      throw PacketsError(
        .unrecognised, "0x\(String(magic, radix: 16)) begins neither pcap nor pcapng",
        remedy: "Give a capture that tcpdump or Wireshark wrote.", offset: 0)
    }
    guard let header = buffer.peek(Self.headerLength), let major = header.uint16(4, order),
      let link = header.uint32(20, order)
    else { return nil }
    guard major == 2 else {
      throw PacketsError(
        .unsupported, "this is pcap of version \(major); version 2 is read",
        remedy: "Convert it with Wireshark's editcap.", offset: 4)
    }
    // The upper four bits tell of a checksum behind each packet.
    linkType = link & 0x0fff_ffff
    buffer.skip(Self.headerLength)
  }

  /// The next packet; nil where it is not whole yet.
  func next(_ buffer: inout CaptureBuffer) throws(PacketsError) -> CapturePacket? {
    guard let record = buffer.peek(Self.recordLength), let seconds = record.uint32(0, order),
      let fraction = record.uint32(4, order), let captured = record.uint32(8, order),
      let original = record.uint32(12, order)
    else { return nil }
    guard captured <= Self.longestPacket else {
      throw .damaged(
        "a packet of \(captured) bytes; captures hold at most \(Self.longestPacket)",
        at: buffer.offset)
    }
    let length = Int(captured)
    guard let whole = buffer.peek(Self.recordLength + length),
      let bytes = whole.part(from: Self.recordLength)?.array
    else { return nil }
    let packet = CapturePacket(
      time: Int64(seconds) * 1_000_000_000 + Int64(fraction) * tick, linkType: linkType,
      bytes: bytes, originalLength: Int(original), offset: buffer.offset)
    buffer.skip(Self.recordLength + length)
    return packet
  }
}
