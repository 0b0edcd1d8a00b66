import Streams
import Testing

@Suite struct NetworkEndpointTests {
  @Test(arguments: [
    ("udp://:2368", "", UInt16(2368)), ("udp://127.0.0.1:1", "127.0.0.1", 1),
    ("udp://[::1]:65535", "::1", 65535),
  ])
  func addressAndPortAreRead(_ text: String, _ address: String, _ port: UInt16) throws {
    let endpoint = try NetworkEndpoint(text)
    #expect(endpoint.address == address && endpoint.port == port)
  }

  @Test(arguments: ["udp://", "udp://host", "udp://:0", "udp://:65536", "udp://:many"])
  func aTextWithoutAPortIsRefused(_ text: String) {
    let error = #expect(throws: StreamsError.self) { try NetworkEndpoint(text) }
    #expect(error?.code == .unreachable && error?.path == text)
  }

  @Test func anAddressOfAnotherMachineCannotBeListenedTo() throws {
    let error = #expect(throws: StreamsError.self) {
      try PortSweeps(try NetworkEndpoint("udp://192.0.2.1:9"), options: PacketOptions())
    }
    #expect(error?.code == .unreachable)
  }
}
