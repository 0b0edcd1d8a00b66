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

  @OptionGroup var source: SourceOptions
  @OptionGroup var model: ModelOptions
  @OptionGroup var sensor: SensorOption
  @OptionGroup var packets: PacketSourceOptions
  @OptionGroup var stream: StreamOptions
  @OptionGroup var verb: VerbOptions
  @OptionGroup var page: PageOptions

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
    PageOptions.waitForTheEnd()
    server.stop()
  }

  /// Starts the server and says where the page is.
  private func serve(_ shelf: any SweepShelf) throws -> ViewerServer {
    let server = try ViewerServer(shelf, at: page.address)
    try page.tell(server, verb)
    return server
  }
}
#endif
