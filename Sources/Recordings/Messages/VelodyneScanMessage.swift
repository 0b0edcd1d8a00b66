/// The raw packets of a Velodyne sensor as its ROS driver records them: `velodyne_msgs/VelodyneScan`,
/// the packets of about one turn.
public struct VelodyneScanMessage: Equatable, Sendable {
  /// The type's name.
  public static let type = "velodyne_msgs/msg/VelodyneScan"

  /// A data packet as it came from the network.
  public struct Packet: Equatable, Sendable {
    /// Bytes of a packet.
    public static let byteCount = 1206

    /// When it was received, in nanoseconds since 1970.
    public var stamp: Int64
    /// Its 1206 bytes.
    public var bytes: [UInt8]

    /// A packet; see the properties.
    public init(stamp: Int64, bytes: [UInt8]) {
      self.stamp = stamp
      self.bytes = bytes
    }
  }

  /// When and in which frame the packets were received.
  public var header: MessageHeader
  /// The packets in the order they came.
  public var packets: [Packet]

  /// A message of packets.
  public init(header: MessageHeader, packets: [Packet]) {
    self.header = header
    self.packets = packets
  }

  /// Takes a message's bytes apart.
  ///
  /// - Throws: `.damaged` where they contradict the definition; `.unsupported` for another encoding
  ///   than ROS's. The offset is that in the message.
  public init(
    decoding bytes: [UInt8], as encoding: MessageEncoding
  ) throws(RecordingsError) {
    switch encoding {
    case .cdr:
      var reader = try CDRReader(bytes)
      self = try Self.taken(from: &reader) { Int64(Int32(truncatingIfNeeded: $0)) }
    case .ros1:
      var reader = ROS1Reader(bytes)
      self = try Self.taken(from: &reader) { Int64($0) }
    case .other(let name):
      throw RecordingsError(
        .unsupported, "a Velodyne scan is encoded as '\(name)'", remedy: "Record it as ros1 or cdr."
      )
    }
  }

  /// Seconds have a sign in ROS 2 and none in ROS 1.
  private static func taken(
    from reader: inout some MessageReader, seconds: (UInt32) -> Int64
  ) throws(RecordingsError) -> VelodyneScanMessage {
    var message = VelodyneScanMessage(header: try reader.header(), packets: [])
    for _ in 0..<(try reader.count(ofElementsOf: 8 + Packet.byteCount, "packets")) {
      let whole = seconds(try reader.integer(as: UInt32.self))
      let stamp = MessageHeader.nanoseconds(
        seconds: whole, try reader.integer(as: UInt32.self))
      message.packets.append(
        Packet(stamp: stamp, bytes: Array(try reader.bytes(Packet.byteCount))))
    }
    return message
  }

  /// The message in little-endian CDR, as ROS 2 sends it.
  ///
  /// - Precondition: every packet has 1206 bytes.
  public func encoded() -> [UInt8] {
    var writer = CDRWriter()
    writer.write(header)
    writer.write(UInt32(packets.count))
    for packet in packets {
      precondition(
        packet.bytes.count == Packet.byteCount, "a packet has \(packet.bytes.count) bytes, not 1206"
      )
      let (seconds, nanoseconds) = MessageHeader.parts(of: packet.stamp)
      writer.write(seconds)
      writer.write(nanoseconds)
      writer.write(packet.bytes)
    }
    return writer.bytes
  }
}
