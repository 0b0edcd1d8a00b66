#if Viewer
import Testing
import Viewer

/// Where the server listens.
@Suite struct ListenAddressTests {
  @Test(arguments: [
    ("0.0.0.0:8420", "0.0.0.0", 8420), ("[::]:1", "::", 1), ("[::1]:0", "::1", 0),
    ("car.local:80", "car.local", 80),
  ])
  func anAddressAndAPortAreRead(_ text: String, _ host: String, _ port: Int) {
    #expect(ListenAddress(text) == ListenAddress(host: host, port: port))
  }

  @Test(arguments: [
    "", "8420", ":8420", "host", "host:", "host:-1", "host:65536", "::1:8420", "[]:1",
  ])
  func whatIsNoneIsRefused(_ text: String) {
    #expect(ListenAddress(text) == nil)
  }

  @Test(arguments: [
    ("127.0.0.1", true), ("localhost", true), ("::1", true), ("127.9.9.9", true),
    ("0.0.0.0", false), ("::", false), ("192.168.0.9", false), ("127.0.0.1.evil.example", false),
  ])
  func onlyThisMachineNeedsNoToken(_ host: String, _ isLoopback: Bool) {
    #expect(ListenAddress(host: host, port: 1).isLoopback == isLoopback)
  }
}
#endif
