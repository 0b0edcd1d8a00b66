import Foundation

/// Sends bytes to a port of this machine, as a browser never would, and reads what comes back.
public struct LoopbackClient {
  /// The port.
  public var port: Int

  /// A client of a port of this machine.
  public init(port: Int) { self.port = port }

  /// What a server answered.
  public struct Answer {
    /// The status.
    public var status: Int
    /// The headers, their names in lower case.
    public var headers: [String: String]
    /// The body.
    public var body: [UInt8]
    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }
  }

  /// Why there is no answer.
  public struct Failure: Error {
    /// In words.
    public var message: String
  }

  /// Asks with a method, a path, headers and a body; `Host` is this machine unless given.
  public func ask(
    _ path: String, method: String = "GET", _ headers: [String: String] = [:], body: String = ""
  ) throws -> Answer {
    var lines = headers
    if lines["Host"] == nil { lines["Host"] = "127.0.0.1:\(port)" }
    lines["Connection"] = "close"
    if !body.isEmpty { lines["Content-Length"] = "\(body.utf8.count)" }
    let head = lines.filter { !$0.value.isEmpty }.map { "\($0.key): \($0.value)\r\n" }.joined()
    return try Self.parse(exchange("\(method) \(path) HTTP/1.1\r\n\(head)\r\n\(body)"))
  }

  /// Sends JSON as the page of this port does.
  public func post(
    _ path: String, _ body: String, _ headers: [String: String] = [:]
  ) throws -> Answer {
    let own = [
      "Origin": "http://127.0.0.1:\(port)", "Content-Type": "application/json",
    ]
    return try ask(path, method: "POST", own.merging(headers) { $1 }, body: body)
  }

  /// Sends a text and reads to the end, or until `enough` came.
  public func exchange(_ text: String, enough: ([UInt8]) -> Bool = { _ in false }) throws -> [UInt8]
  {
    let socket = try connected()
    defer { close(socket) }
    let request = Array(text.utf8)
    guard write(socket, request, request.count) == request.count else {
      throw Failure(message: "nothing was taken")
    }
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while !enough(all) {
      let count = read(socket, &buffer, buffer.count)
      guard count > 0 else { break }
      all += buffer[..<count]
    }
    return all
  }

  private func connected() throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var limit = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
    }
    guard status == 0 else {
      close(descriptor)
      throw Failure(message: "no connection to \(port): \(String(cString: strerror(errno)))")
    }
    return descriptor
  }

  private static func parse(_ bytes: [UInt8]) throws -> Answer {
    let blank = Array("\r\n\r\n".utf8)
    guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: blank) }) else {
      throw Failure(message: "no answer: \(String(decoding: bytes.prefix(200), as: UTF8.self))")
    }
    let lines = String(decoding: bytes[..<end], as: UTF8.self).components(separatedBy: "\r\n")
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
    }
    return Answer(
      status: Int(lines[0].split(separator: " ")[1]) ?? 0, headers: headers,
      body: Array(bytes[(end + 4)...]))
  }
}
