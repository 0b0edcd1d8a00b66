/// The blocks of a pcapng file (draft-ietf-opsawg-pcapng).
struct PcapngFormat: Sendable {
  /// The first four bytes of a section, the same in both byte orders.
  static let sectionHeader: UInt32 = 0x0a0d_0d0a
  private static let longestBlock = 1 << 24

  private var order = ByteOrder.little
  private var interfaces: [PcapngInterface] = []

  /// The next packet; nil where it is not whole yet.
  ///
  /// Blocks without packets are passed over.
  mutating func next(_ buffer: inout CaptureBuffer) throws(PacketsError) -> CapturePacket? {
    while let block = try peek(buffer) {
      let packet = try read(block, at: buffer.offset)
      buffer.skip(block.count)
      if let packet { return packet }
    }
    return nil
  }

  /// The next block with its type and both its lengths; nil where it is not whole yet.
  private mutating func peek(_ buffer: CaptureBuffer) throws(PacketsError) -> ByteReader? {
    guard let start = buffer.peek(12), let type = start.uint32(0, .big) else { return nil }
    if type == Self.sectionHeader {
      switch start.uint32(8, .big) {
      case 0x1a2b_3c4d: order = .big
      case 0x4d3c_2b1a: order = .little
      default:
        throw .damaged("a section without its byte order", at: buffer.offset + 8)
      }
    }
    guard let length = start.uint32(4, order) else { return nil }
    guard length >= 12, length % 4 == 0, length <= Self.longestBlock else {
      throw .damaged("a block of \(length) bytes cannot be", at: buffer.offset + 4)
    }
    guard let block = buffer.peek(Int(length)) else { return nil }
    guard block.uint32(block.count - 4, order) == length else {
      throw .damaged(
        "a block of \(length) bytes that ends with another length",
        at: buffer.offset + block.count - 4)
    }
    return block
  }

  private mutating func read(
    _ block: ByteReader, at offset: Int
  ) throws(PacketsError) -> CapturePacket? {
    guard let type = block.uint32(0, order), let body = block.part(from: 8, count: block.count - 12)
    else { return nil }
    switch type {
    case Self.sectionHeader:
      interfaces = []
      if let major = body.uint16(4, order), major != 1 {
        throw PacketsError(
          .unsupported, "this is pcapng of version \(major); version 1 is read",
          remedy: "Convert it with Wireshark's editcap.", offset: offset)
      }
    case 1:
      guard let interface = PcapngInterface(body, order) else {
        throw .damaged("an interface of \(body.count) bytes", at: offset)
      }
      interfaces.append(interface)
    case 2: return try packet(body, body.uint16(0, order).map { Int($0) }, at: offset)
    case 3: return try simplePacket(body, at: offset)
    case 6: return try packet(body, body.uint32(0, order).map { Int($0) }, at: offset)
    default: break
    }
    return nil
  }

  /// An enhanced packet block, or an obsolete one: they differ in the first four bytes only.
  private func packet(
    _ body: ByteReader, _ index: Int?, at offset: Int
  ) throws(PacketsError) -> CapturePacket? {
    guard let index, let high = body.uint32(4, order), let low = body.uint32(8, order),
      let captured = body.uint32(12, order), let original = body.uint32(16, order)
    else { throw .damaged("a packet's block of \(body.count) bytes", at: offset) }
    let interface = try interface(index, at: offset)
    guard let time = interface.time(ticks: UInt64(high) << 32 | UInt64(low)) else {
      throw .damaged("a packet later than the year 2262", at: offset + 12)
    }
    return CapturePacket(
      time: time, linkType: interface.linkType,
      bytes: try bytes(body, from: 20, count: Int(captured), at: offset),
      originalLength: Int(original), offset: offset)
  }

  /// A packet that carries no time, of the first interface.
  private func simplePacket(
    _ body: ByteReader, at offset: Int
  ) throws(PacketsError) -> CapturePacket? {
    guard let original = body.uint32(0, order) else {
      throw .damaged("a simple packet's block of \(body.count) bytes", at: offset)
    }
    let interface = try interface(0, at: offset)
    let limit = interface.longestPacket == 0 ? Int(original) : interface.longestPacket
    return CapturePacket(
      time: nil, linkType: interface.linkType,
      bytes: try bytes(body, from: 4, count: min(Int(original), limit), at: offset),
      originalLength: Int(original), offset: offset)
  }

  private func interface(_ index: Int, at offset: Int) throws(PacketsError) -> PcapngInterface {
    guard index < interfaces.count else {
      throw .damaged(
        "a packet of interface \(index); \(interfaces.count) are described", at: offset)
    }
    return interfaces[index]
  }

  private func bytes(
    _ body: ByteReader, from start: Int, count: Int, at offset: Int
  ) throws(PacketsError) -> [UInt8] {
    guard let part = body.part(from: start, count: count) else {
      throw .damaged(
        "a packet of \(count) bytes in a block that has room for \(max(body.count - start, 0))",
        at: offset)
    }
    return part.array
  }
}
