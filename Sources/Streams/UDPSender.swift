import Glibc

/// A socket that datagrams are sent from, to a port of this machine.
package final class UDPSender: Sendable {
  private let descriptor: Int32
  private let address: sockaddr_in

  /// Sends to 127.0.0.1 at a port.
  ///
  /// - Throws: `.unreachable` where no socket can be opened.
  package init(port: UInt16) throws(StreamsError) {
    descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    guard descriptor >= 0 else {
      throw StreamsError(
        .unreachable, "no socket can be opened: \(String(cString: strerror(errno)))",
        remedy: "close other programs")
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    self.address = address
  }

  deinit { close(descriptor) }

  /// Sends a datagram.
  ///
  /// - Returns: whether the system took it.
  package func send(_ bytes: [UInt8]) -> Bool {
    withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        sendto(
          descriptor, bytes, bytes.count, 0, address, socklen_t(MemoryLayout<sockaddr_in>.size))
          == bytes.count
      }
    }
  }
}
