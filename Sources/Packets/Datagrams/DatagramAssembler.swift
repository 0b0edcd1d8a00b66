/// UDP datagrams out of captured packets, put together from fragments where need be.
///
/// Checksums are not looked at: captures of the sending machine rightly lack them. What is no whole
/// datagram is counted, never guessed at.
public struct DatagramAssembler: Sendable {
  private var store = FragmentStore()
  private var tally = DatagramCounts()

  /// An assembler that has seen nothing.
  public init() {}

  /// What became of the packets so far.
  public var counts: DatagramCounts {
    var counts = tally
    counts.incomplete = store.incomplete
    return counts
  }

  /// Takes the next packet; gives the datagram that it is, or that it completes.
  public mutating func receive(_ packet: CapturePacket) -> Datagram? {
    tally.packets += 1
    switch LinkLayer(packet) {
    case .internet(let bytes):
      if let internet = InternetPacket(bytes) { return receive(internet, of: packet) }
      countDamage(of: packet)
    case .other: tally.others += 1
    case .damaged: countDamage(of: packet)
    case .unsupported: tally.unsupportedLinks += 1
    }
    return nil
  }

  /// Says that no more packets come: datagrams that still lack fragments are counted as incomplete.
  public mutating func finish() { store.finish() }

  private mutating func receive(_ internet: InternetPacket, of packet: CapturePacket) -> Datagram? {
    guard internet.transport == 17 else {
      tally.others += 1
      return nil
    }
    guard internet.isFragment else {
      return datagram(internet.payload, from: internet.source, packet)
    }
    tally.fragments += 1
    guard !internet.isShort else {
      countDamage(of: packet)
      return nil
    }
    switch store.receive(internet, time: packet.time) {
    case .whole(let bytes): return datagram(ByteReader(bytes), from: internet.source, packet)
    case .waiting: return nil
    case .overlapping: tally.overlapping += 1
    case .damaged: tally.damaged += 1
    }
    return nil
  }

  private mutating func datagram(
    _ bytes: ByteReader, from source: NetworkAddress, _ packet: CapturePacket
  ) -> Datagram? {
    guard let sourcePort = bytes.uint16(0, .big), let destinationPort = bytes.uint16(2, .big),
      let claimed = bytes.uint16(4, .big)
    else {
      countDamage(of: packet)
      return nil
    }
    // Velodyne's position packets have no length here and a wrong one in the header before.
    let isUnsaid = claimed == 0 && packet.originalLength == packet.bytes.count
    let length = isUnsaid ? bytes.count : Int(claimed)
    guard length >= 8, let payload = bytes.part(from: 8, count: length - 8) else {
      countDamage(of: packet)
      return nil
    }
    tally.datagrams += 1
    return Datagram(
      sourceAddress: source, sourcePort: sourcePort, destinationPort: destinationPort,
      payload: payload.array, time: packet.time)
  }

  /// A packet of which the capture holds a part cannot be blamed for what is missing.
  private mutating func countDamage(of packet: CapturePacket) {
    if packet.originalLength > packet.bytes.count {
      tally.cut += 1
    } else {
      tally.damaged += 1
    }
  }
}
