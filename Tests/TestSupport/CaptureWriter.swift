package import Packets

/// Writes captures the way tcpdump and Wireshark do.
package struct CaptureWriter {
  package var isBigEndian = false
  package private(set) var bytes: [UInt8] = []

  package init(isBigEndian: Bool = false) {
    self.isBigEndian = isBigEndian
  }

  package mutating func number<Number: FixedWidthInteger>(_ value: Number) {
    let ordered = isBigEndian ? value.bigEndian : value.littleEndian
    withUnsafeBytes(of: ordered) { bytes += $0 }
  }

  package mutating func pcapHeader(magic: UInt32 = 0xa1b2_c3d4, linkType: UInt32 = 1) {
    number(magic)
    number(UInt16(2))
    number(UInt16(4))
    number(UInt64(0))
    number(UInt32(65_535))
    number(linkType)
  }

  package mutating func pcapRecord(
    seconds: UInt32, fraction: UInt32, _ packet: [UInt8], originalLength: Int? = nil
  ) {
    number(seconds)
    number(fraction)
    number(UInt32(packet.count))
    number(UInt32(originalLength ?? packet.count))
    bytes += packet
  }

  package mutating func block(_ type: UInt32, _ body: (inout Self) -> Void) {
    var inside = Self(isBigEndian: isBigEndian)
    body(&inside)
    let padding = (4 - inside.bytes.count % 4) % 4
    let length = UInt32(inside.bytes.count + padding + 12)
    number(type)
    number(length)
    bytes += inside.bytes + [UInt8](repeating: 0, count: padding)
    number(length)
  }

  package mutating func section(major: UInt16 = 1) {
    block(0x0a0d_0d0a) {
      $0.number(UInt32(0x1a2b_3c4d))
      $0.number(major)
      $0.number(UInt16(0))
      $0.number(Int64(-1))
    }
  }

  package mutating func interface(
    linkType: UInt16 = 1, longestPacket: UInt32 = 0, resolution: UInt8? = nil,
    secondsOffset: Int64? = nil
  ) {
    block(1) {
      $0.number(linkType)
      $0.number(UInt16(0))
      $0.number(longestPacket)
      if let resolution {
        $0.number(UInt16(9))
        $0.number(UInt16(1))
        $0.bytes += [resolution, 0, 0, 0]
      }
      if let secondsOffset {
        $0.number(UInt16(14))
        $0.number(UInt16(8))
        $0.number(secondsOffset)
      }
      $0.number(UInt32(0))
    }
  }

  package mutating func enhancedPacket(_ packet: [UInt8], ticks: UInt64, interface: UInt32 = 0) {
    block(6) {
      $0.number(interface)
      $0.number(UInt32(ticks >> 32))
      $0.number(UInt32(ticks & 0xffff_ffff))
      $0.number(UInt32(packet.count))
      $0.number(UInt32(packet.count))
      $0.bytes += packet
    }
  }

  package mutating func obsoletePacket(_ packet: [UInt8], ticks: UInt64) {
    block(2) {
      $0.number(UInt16(0))
      $0.number(UInt16(7))
      $0.number(UInt32(ticks >> 32))
      $0.number(UInt32(ticks & 0xffff_ffff))
      $0.number(UInt32(packet.count))
      $0.number(UInt32(packet.count))
      $0.bytes += packet
    }
  }

  package mutating func simplePacket(_ packet: [UInt8], originalLength: Int? = nil) {
    block(3) {
      $0.number(UInt32(originalLength ?? packet.count))
      $0.bytes += packet
    }
  }

  /// What a reader finds in some bytes: the packets, and what stopped it.
  package static func read(
    _ bytes: [UInt8], piece: Int? = nil
  ) -> (packets: [CapturePacket], error: PacketsError?) {
    var reader = CaptureReader(path: "a.pcap")
    var packets: [CapturePacket] = []
    do throws(PacketsError) {
      for start in stride(from: 0, to: bytes.count, by: piece ?? max(bytes.count, 1)) {
        reader.append(Array(bytes[start..<min(start + (piece ?? bytes.count), bytes.count)]))
        while let packet = try reader.next() { packets.append(packet) }
      }
      try reader.finish()
      return (packets, nil)
    } catch {
      return (packets, error)
    }
  }
}
