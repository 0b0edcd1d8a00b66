import Glibc
import Packets

/// A socket that datagrams are received from.
final class UDPSocket {
  private let descriptor: Int32
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private let port: UInt16
  /// Bytes that the system keeps for us while we are busy: two seconds of the fastest sensor.
  private static let memory: Int32 = 32 << 20

  /// Listens.
  ///
  /// - Throws: `.unreachable` where the address is not ours, or the port is taken.
  init(_ endpoint: NetworkEndpoint) throws(StreamsError) {
    port = endpoint.port
    let isIPv6 = endpoint.address.contains(":")
    let place = "udp://\(endpoint.address):\(endpoint.port)"
    func failure(_ what: String, _ remedy: String) -> StreamsError {
      StreamsError(
        .unreachable, "\(what): \(String(cString: strerror(errno)))", remedy: remedy, path: place)
    }
    descriptor = socket(isIPv6 ? AF_INET6 : AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    guard descriptor >= 0 else { throw failure("no socket can be opened", "close other programs") }
    Self.set(SO_REUSEADDR, 1, of: descriptor)
    // Only root may have more than the system's limit.
    if !Self.set(SO_RCVBUFFORCE, Self.memory, of: descriptor) {
      Self.set(SO_RCVBUF, Self.memory, of: descriptor)
    }
    let isBound = isIPv6 ? Self.bind6(descriptor, endpoint) : Self.bind4(descriptor, endpoint)
    guard isBound else {
      let error = failure(
        "this cannot be listened to",
        "name an address of this machine and a port that no other program listens to")
      close(descriptor)
      throw error
    }
  }

  deinit { close(descriptor) }

  /// The next datagram, after waiting for at most so many milliseconds.
  ///
  /// - Returns: nothing where none came.
  func receive(timeout: Int32) -> Datagram? {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&request, 1, timeout) > 0 else { return nil }
    var sender = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let count = withUnsafeMutablePointer(to: &sender) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        recvfrom(descriptor, &buffer, buffer.count, 0, $0, &length)
      }
    }
    guard count >= 0 else { return nil }
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let (address, sourcePort) = Self.endpoint(of: sender)
    return Datagram(
      sourceAddress: address, sourcePort: sourcePort, destinationPort: port,
      payload: Array(buffer[..<count]),
      time: Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec))
  }

  @discardableResult
  private static func set(_ option: Int32, _ value: Int32, of descriptor: Int32) -> Bool {
    var value = value
    return setsockopt(
      descriptor, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<Int32>.size)) == 0
  }

  private static func bind4(_ descriptor: Int32, _ endpoint: NetworkEndpoint) -> Bool {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = endpoint.port.bigEndian
    let text = endpoint.address.isEmpty ? "0.0.0.0" : endpoint.address
    guard inet_pton(AF_INET, text, &address.sin_addr) == 1 else {
      errno = EADDRNOTAVAIL
      return false
    }
    return withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }

  private static func bind6(_ descriptor: Int32, _ endpoint: NetworkEndpoint) -> Bool {
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_port = endpoint.port.bigEndian
    guard inet_pton(AF_INET6, endpoint.address, &address.sin6_addr) == 1 else {
      errno = EADDRNOTAVAIL
      return false
    }
    return withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size)) == 0
      }
    }
  }

  private static func endpoint(of sender: sockaddr_storage) -> (NetworkAddress, UInt16) {
    withUnsafePointer(to: sender) { pointer in
      if sender.ss_family == sa_family_t(AF_INET6) {
        return pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
          let halves = withUnsafeBytes(of: address.pointee.sin6_addr) { bytes in
            (0..<2).map { UInt64(bigEndian: bytes.load(fromByteOffset: 8 * $0, as: UInt64.self)) }
          }
          return (.ipv6(halves[0], halves[1]), UInt16(bigEndian: address.pointee.sin6_port))
        }
      }
      return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
        let number = UInt32(bigEndian: address.pointee.sin_addr.s_addr)
        return (.ipv4(number), UInt16(bigEndian: address.pointee.sin_port))
      }
    }
  }
}
