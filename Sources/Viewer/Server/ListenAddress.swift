#if Viewer
/// Where the server listens.
package struct ListenAddress: Equatable, Sendable {
  /// A numeric address or a name of this machine, without brackets.
  package var host: String
  /// The port; 0 for any that is free.
  package var port: Int

  /// Port `port` of this machine, for programs of this machine only.
  package static func loopback(port: Int) -> Self { Self(host: "127.0.0.1", port: port) }

  /// An address; see the properties.
  package init(host: String, port: Int) {
    (self.host, self.port) = (host, port)
  }

  /// Reads `ADDRESS:PORT`, an IPv6 address in brackets; nothing where it is not of this form.
  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), colon > text.startIndex,
      let port = UInt16(text[text.index(after: colon)...])
    else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    guard !host.isEmpty else { return nil }
    self.init(host: String(host), port: Int(port))
  }

  /// Whether only programs of this machine reach it.
  package var isLoopback: Bool {
    host == "localhost" || host == "::1" || host.hasPrefix("127.") && Self.isNumericIPv4(host)
  }

  /// What a browser is told to open; an address that means all of them becomes this machine's own.
  func url(port: Int) -> String {
    let shown = host == "0.0.0.0" ? "127.0.0.1" : host == "::" ? "::1" : host
    return "http://\(shown.contains(":") ? "[\(shown)]" : shown):\(port)/"
  }

  /// Whether a request may name this machine so.
  ///
  /// A page of another site can have its own name lead here, but it cannot have its visitors' browsers
  /// call a number by that name: so `localhost`, numbers and the name that is listened to are accepted.
  func accepts(hostHeader: String) -> Bool {
    guard let name = Self.hostName(of: hostHeader) else { return false }
    if name == "localhost" || name == host.lowercased() { return true }
    if isLoopback { return name == "::1" || name == "127.0.0.1" }
    return Self.isNumericIPv4(name) || name.contains(":")
  }

  /// The host of a header `HOST[:PORT]`, in lower case; nothing where it is not of this form.
  private static func hostName(of header: String) -> String? {
    let header = header.lowercased()
    if header.hasPrefix("[") {
      guard let end = header.firstIndex(of: "]"), isPort(header[header.index(after: end)...]) else {
        return nil
      }
      let inner = header[header.index(after: header.startIndex)..<end]
      return inner.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." } ? String(inner) : nil
    }
    let end = header.firstIndex(of: ":") ?? header.endIndex
    return isPort(header[end...]) ? String(header[..<end]) : nil
  }

  private static func isPort(_ text: Substring) -> Bool {
    text.isEmpty || text.first == ":" && UInt16(text.dropFirst()) != nil
  }

  private static func isNumericIPv4(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }
}
#endif
