/// What lies behind the header of a captured packet's link.
enum LinkLayer {
  /// An IPv4 or IPv6 packet, with what the link put behind it.
  case internet(ByteReader)
  /// Another protocol.
  case other
  /// The header is longer than the packet.
  case damaged
  /// A link type that is not read.
  case unsupported

  init(_ packet: CapturePacket) {
    let bytes = ByteReader(packet.bytes)
    switch packet.linkType {
    case 1: self.init(etherTypeAt: 12, of: bytes)
    case 113: self.init(etherType: bytes.uint16(14, .big), behind: 16, of: bytes)
    case 276: self.init(etherType: bytes.uint16(0, .big), behind: 20, of: bytes)
    case 12, 14, 101, 228, 229: self = .internet(bytes)
    case 0, 108: self.init(familyOf: bytes)
    default: self = .unsupported
    }
  }

  /// Ethernet: passes over VLAN tags, which are as long as what they stand for.
  private init(etherTypeAt start: Int, of bytes: ByteReader) {
    var place = start
    while let type = bytes.uint16(place, .big), [0x8100, 0x88a8, 0x9100, 0x9200].contains(type) {
      place += 4
    }
    self.init(etherType: bytes.uint16(place, .big), behind: place + 2, of: bytes)
  }

  private init(etherType: UInt16?, behind place: Int, of bytes: ByteReader) {
    guard let etherType, let rest = bytes.part(from: place) else {
      self = .damaged
      return
    }
    self = etherType == 0x0800 || etherType == 0x86dd ? .internet(rest) : .other
  }

  /// BSD's loopback: four bytes of an address family, in the order of the machine that captured.
  private init(familyOf bytes: ByteReader) {
    guard let first = bytes.uint32(0, .little), let rest = bytes.part(from: 4) else {
      self = .damaged
      return
    }
    let families: [UInt32] = [2, 10, 24, 28, 30]
    self =
      families.contains(first) || families.contains(first.byteSwapped) ? .internet(rest) : .other
  }
}
