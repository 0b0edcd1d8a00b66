import Foundation

/// Where packets come in: `udp://[address]:port`.
public struct NetworkEndpoint: Equatable, Sendable {
  /// The local address to listen on; empty for all.
  public var address: String
  /// The port.
  public var port: UInt16

  /// Reads `udp://:2368`, `udp://0.0.0.0:2368` or `udp://[::1]:2368`.
  ///
  /// - Throws: `.unreachable` where the text says no port.
  public init(_ text: String) throws(StreamsError) {
    let prefix = "udp://"
    let place = text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : text[...]
    guard let colon = place.lastIndex(of: ":"),
      let port = UInt16(place[place.index(after: colon)...]), port > 0
    else {
      throw StreamsError(
        .unreachable, "\"\(text)\" names no port from 1 to 65535",
        remedy: "write udp://:2368, or udp://ADDRESS:2368", path: text)
    }
    var address = place[..<colon]
    if address.hasPrefix("["), address.hasSuffix("]") { address = address.dropFirst().dropLast() }
    (self.address, self.port) = (String(address), port)
  }
}
