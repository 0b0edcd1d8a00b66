package import Packets

/// Writes the headers that UDP datagrams travel in.
package enum NetworkWriter {
  package static func big(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * (size - 1 - $0))) }
  }

  package static func udp(_ payload: [UInt8], from source: Int = 2368, to port: Int = 2368)
    -> [UInt8]
  {
    big(source, 2) + big(port, 2) + big(payload.count + 8, 2) + [0, 0] + payload
  }

  package static func internet(
    _ body: [UInt8], host: UInt8 = 201, identification: Int = 1, fragmentOffset: Int = 0,
    isFollowed: Bool = false, transport: UInt8 = 17, options: [UInt8] = []
  ) -> [UInt8] {
    let header = 20 + options.count
    return [UInt8(0x40 + header / 4), 0] + big(header + body.count, 2) + big(identification, 2)
      + big((isFollowed ? 0x2000 : 0) + fragmentOffset / 8, 2) + [64, transport, 0, 0]
      + [192, 168, 1, host, 255, 255, 255, 255] + options + body
  }

  /// An IPv6 packet, with extension headers whose first is of the type given.
  package static func internet6(_ body: [UInt8], next: UInt8 = 17) -> [UInt8] {
    [0x60, 0, 0, 0] + big(body.count, 2) + [next, 64] + [UInt8](repeating: 0x20, count: 16)
      + [UInt8](repeating: 0xff, count: 16) + body
  }

  package static func ethernet(_ body: [UInt8], tags: [Int] = [], type: Int = 0x0800) -> [UInt8] {
    [UInt8](repeating: 0x11, count: 12) + tags.flatMap { big($0, 2) + [0, 5] } + big(type, 2)
      + body
  }

  package static func packet(
    _ bytes: [UInt8], linkType: UInt32 = 1, time: Int64? = 0, originalLength: Int? = nil
  ) -> CapturePacket {
    CapturePacket(
      time: time, linkType: linkType, bytes: bytes, originalLength: originalLength ?? bytes.count)
  }
}
