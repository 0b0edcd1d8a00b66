#if Viewer
import ArgumentParser
import Foundation
import Viewer

/// Where a page is served, and until when.
struct PageOptions: ParsableArguments {
  /// The port of the page unless one is named.
  static let usualPort = 8420

  @Option(
    help: "The port of the page, for this machine only; 0 for any, \(usualPort) unless given.")
  var port: Int?

  @Option(
    help: ArgumentHelp(
      "Where to listen instead, for other machines too; asks for a token.",
      valueName: "address:port"))
  var listen: String?

  func validate() throws {
    if let port, !(0...65_535).contains(port) {
      throw ValidationError("--port \(port) is not in 0...65535")
    }
    guard port == nil || listen == nil else {
      throw ValidationError("--listen names a port, too; give one of them")
    }
    if let listen, ListenAddress(listen) == nil {
      throw ValidationError("--listen \(listen) is no ADDRESS:PORT, such as 0.0.0.0:8420")
    }
  }

  var address: ListenAddress {
    listen.flatMap { ListenAddress($0) } ?? .loopback(port: port ?? Self.usualPort)
  }

  /// Says where the page is; a server that cannot be told of is stopped.
  func tell(_ server: ViewerServer, _ verb: VerbOptions) throws {
    do {
      if verb.json {
        try verb.console.data(
          json: PageReport(url: server.url, port: server.port, token: server.token?.text))
      } else {
        try verb.console.data(server.url)
      }
    } catch {
      server.stop()
      throw error
    }
    verb.console.talk("open it in a browser; Ctrl-C ends this")
  }

  static func waitForTheEnd() {
    while Signals.stopRequest.askingSignal == nil { Thread.sleep(forTimeInterval: 0.05) }
  }
}

/// Where the page is; `--json` prints it.
private struct PageReport: Encodable {
  var url: String
  var port: Int
  var token: String?
}
#endif
