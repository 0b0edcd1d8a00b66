/// Who sends to a network.
public enum NetworkAddress: Hashable, Sendable {
  /// The 32 bits of an IPv4 address.
  case ipv4(UInt32)
  /// The upper and the lower 64 bits of an IPv6 address.
  case ipv6(UInt64, UInt64)
}

extension NetworkAddress: CustomStringConvertible {
  /// As people write it: `192.168.1.201`, or eight groups of hexadecimal digits.
  public var description: String {
    switch self {
    case .ipv4(let bits):
      return stride(from: 24, through: 0, by: -8).map { "\(bits >> UInt32($0) & 255)" }
        .joined(separator: ".")
    case .ipv6(let upper, let lower):
      return [upper, lower].flatMap { half in
        stride(from: 48, through: 0, by: -16).map {
          String(half >> UInt64($0) & 0xffff, radix: 16)
        }
      }.joined(separator: ":")
    }
  }
}

/// What one UDP datagram carries, and from where.
public struct Datagram: Equatable, Sendable {
  /// The sender.
  public var sourceAddress: NetworkAddress
  /// The sender's port.
  public var sourcePort: UInt16
  /// The receiver's port.
  public var destinationPort: UInt16
  /// The bytes behind the header.
  public var payload: [UInt8]
  /// When it was captured (its last fragment), in nanoseconds since 1970, where that is known.
  public var time: Int64?

  /// A datagram; see the properties.
  public init(
    sourceAddress: NetworkAddress, sourcePort: UInt16, destinationPort: UInt16, payload: [UInt8],
    time: Int64?
  ) {
    self.sourceAddress = sourceAddress
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
    self.payload = payload
    self.time = time
  }
}

/// What became of the packets of a capture.
public struct DatagramCounts: Codable, Equatable, Sendable {
  /// Packets received.
  public var packets = 0
  /// UDP datagrams given out.
  public var datagrams = 0
  /// Packets that are not UDP: ARP, TCP and so on.
  public var others = 0
  /// Packets of a link type that is not read.
  public var unsupportedLinks = 0
  /// Packets that the capture cut before their end.
  public var cut = 0
  /// Packets whose headers contradict themselves.
  public var damaged = 0
  /// Fragments received.
  public var fragments = 0
  /// Datagrams refused because fragments of them overlap.
  public var overlapping = 0
  /// Datagrams of which fragments are missing.
  public var incomplete = 0

  /// Nothing has come yet.
  public init() {}
}
