/// An IPv4 or IPv6 packet: its addresses, and which part of what it carries.
struct InternetPacket {
  var source: NetworkAddress
  var destination: NetworkAddress
  /// What it carries; 17 is UDP.
  var transport: UInt8
  /// What the fragments of one datagram have in common.
  var identification: UInt32
  /// Where in the datagram its bytes belong.
  var fragmentOffset = 0
  /// Whether more of the datagram follows in other packets.
  var isFollowed = false
  var payload: ByteReader
  /// Whether it is shorter than its header says.
  var isShort = false

  var isFragment: Bool { isFollowed || fragmentOffset > 0 }

  /// Reads the headers; nil where they contradict themselves.
  init?(_ bytes: ByteReader) {
    switch bytes.byte(0).map({ $0 >> 4 }) {
    case 4: self.init(version4: bytes)
    case 6: self.init(version6: bytes)
    default: return nil
    }
  }

  private init?(version4 bytes: ByteReader) {
    guard let first = bytes.byte(0), let total = bytes.uint16(2, .big),
      let identification = bytes.uint16(4, .big), let fragment = bytes.uint16(6, .big),
      let transport = bytes.byte(9), let source = bytes.uint32(12, .big),
      let destination = bytes.uint32(16, .big)
    else { return nil }
    let header = Int(first & 15) * 4
    // Network cards that cut packets themselves leave the length to be 0.
    let length = total == 0 ? bytes.count : Int(total)
    guard header >= 20, length >= header,
      let payload = bytes.part(from: header, count: min(length, bytes.count) - header)
    else { return nil }
    isShort = length > bytes.count
    self.source = .ipv4(source)
    self.destination = .ipv4(destination)
    self.transport = transport
    self.identification = UInt32(identification)
    self.payload = payload
    fragmentOffset = Int(fragment & 0x1fff) * 8
    isFollowed = fragment & 0x2000 != 0
  }

  private init?(version6 bytes: ByteReader) {
    guard let length = bytes.uint16(4, .big), let next = bytes.byte(6),
      let source = Self.address(bytes, 8), let destination = Self.address(bytes, 24),
      let body = bytes.part(from: 40),
      let payload = body.part(from: 0, count: min(length == 0 ? .max : Int(length), body.count))
    else { return nil }
    isShort = Int(length) > body.count
    self.source = source
    self.destination = destination
    transport = next
    identification = 0
    self.payload = payload
    guard passExtensions() else { return nil }
  }

  private static func address(_ bytes: ByteReader, _ offset: Int) -> NetworkAddress? {
    guard let upper = bytes.uint64(offset, .big), let lower = bytes.uint64(offset + 8, .big) else {
      return nil
    }
    return .ipv6(upper, lower)
  }

  /// Passes over IPv6's extension headers (RFC 8200, section 4) and reads the fragment's; false where one is
  /// not whole.
  private mutating func passExtensions() -> Bool {
    while [0, 43, 44, 60].contains(transport) {
      guard let next = payload.byte(0), let length = payload.byte(1) else { return false }
      let isFragmentHeader = transport == 44
      if isFragmentHeader {
        guard let place = payload.uint16(2, .big), let identification = payload.uint32(4, .big)
        else { return false }
        self.identification = identification
        fragmentOffset = Int(place & 0xfff8)
        isFollowed = place & 1 != 0
      }
      guard let rest = payload.part(from: isFragmentHeader ? 8 : (Int(length) + 1) * 8) else {
        return false
      }
      transport = next
      payload = rest
      // What follows the header of a later fragment is no header.
      if isFragmentHeader, fragmentOffset > 0 { break }
    }
    return true
  }
}
