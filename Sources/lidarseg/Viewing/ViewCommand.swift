#if Viewer
import ArgumentParser
import Datasets
import Foundation
import Streams
import Viewer

struct ViewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "view", abstract: "Look at segmented scans in a browser, live too.",
    discussion: """
      Serves a page to this machine and prints its URL: points in space and the range image, coloured by \
      label, confidence, intensity, range, truth or difference to it, with classes that can be \
      hidden. Scans in files are labelled when they are looked at. Ports, captures, recordings and \
      standard input are followed; captures and recordings come as fast as they were recorded unless \
      --rate says otherwise. The page tells its keys when ? is pressed. --listen lets other machines \
      in, which need the token in the URL. Ends by Ctrl-C.

      Example: lidarseg view scans --model front-small
      """)

  /// The port of the page unless one is named.
  static let usualPort = 8420

  @OptionGroup var source: SourceOptions
  @OptionGroup var model: ModelOptions
  @OptionGroup var sensor: SensorOption
  @OptionGroup var packets: PacketSourceOptions
  @OptionGroup var stream: StreamOptions
  @OptionGroup var verb: VerbOptions

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

  func run() throws {
    Signals.stopRequest.claim()
    let pipeline = try model.pipeline(threadCount: verb.threadCount)
    if let origin = try SweepOrigin(source.source, isFollowed: stream.follow) {
      let job = LiveView(
        source: source.source, origin: origin, options: stream,
        packets: try packets.packetOptions(sensor: sensor.named()), pipeline: pipeline, verb: verb)
      try job.run(serving: serve)
      return
    }
    try packets.refuse(forScansOf: source.source)
    try stream.refuse(forScansOf: source.source)
    let dataset = try source.dataset()
    let labeller = StoredScanLabeller(
      dataset: dataset, source: source, pipeline: pipeline,
      chooser: try sensor.chooser(known: dataset.sensor))
    let server = try serve(labeller.shelf())
    Self.waitForTheEnd()
    server.stop()
  }

  /// Starts the server and says where the page is.
  private func serve(_ shelf: any SweepShelf) throws -> ViewerServer {
    let address =
      listen.flatMap { ListenAddress($0) } ?? .loopback(port: port ?? Self.usualPort)
    let server = try ViewerServer(shelf, at: address)
    do {
      if verb.json {
        try verb.console.data(
          json: ViewReport(url: server.url, port: server.port, token: server.token?.text))
      } else {
        try verb.console.data(server.url)
      }
    } catch {
      server.stop()
      throw error
    }
    verb.console.talk("open it in a browser; Ctrl-C ends this")
    return server
  }

  static func waitForTheEnd() {
    while Signals.stopRequest.askingSignal == nil { Thread.sleep(forTimeInterval: 0.05) }
  }
}

/// Where the page is; `--json` prints it.
private struct ViewReport: Encodable {
  var url: String
  var port: Int
  var token: String?
}
#endif
