#if Viewer
import Exchange
import Foundation
import Pictures
import Segmentation
import Streams
import Viewer

/// Follows a stream of sweeps: from a port, a capture, a recording or standard input.
struct LiveView {
  var source: String
  var origin: SweepOrigin
  var options: StreamOptions
  var packets: PacketOptions
  var pipeline: SegmentationPipeline
  var verb: VerbOptions

  func run(serving serve: (any SweepShelf) throws -> ViewerServer) throws {
    let palette = ClassPalette(pipeline.model.description.labelMap)
    let shelf = LiveSweeps(
      SourceDescription(
        name: source, kind: .live, palette: palette, model: pipeline.model.description.name))
    // What cannot be opened is said before there is a page; what others still write may take its time.
    let opened = origin.isFile || origin.isLive ? try feed() : nil
    let server = try serve(shelf)
    defer { server.stop() }
    let opener = opened == nil ? try feed() : opened
    guard let feed = opener else { return }
    follow(feed, shelf, palette)
    PageOptions.waitForTheEnd()
  }

  private func feed() throws -> SweepFeed {
    try SweepFeed(
      origin, options: packets, pace: options.pace ?? (origin.isFile ? 1 : nil),
      until: { Signals.stopRequest.askingSignal != nil })
  }

  /// Labels sweeps until the source has no more; then the last ones can still be looked at.
  private func follow(_ feed: SweepFeed, _ shelf: LiveSweeps, _ palette: ClassPalette) {
    var configuration = SegmentationStream.Configuration()
    configuration.queue = options.queue ?? 2
    configuration.overflow = options.overflow ?? (origin.isLive ? .dropOldest : .block)
    let stream = SegmentationStream(pipeline, configuration: configuration)
    let report = stream.report
    let soFar: @Sendable () -> SourceState.Counts = { SourceState.Counts(report()) }
    let map = palette
    do {
      let last = SourceState.Counts(
        try stream.run(
          from: { isStopped in
            try feed.next { isStopped() || Signals.stopRequest.askingSignal != nil }
          },
          remark: { sweep, error in
            say(error, of: "sweep \(sweep.number) of \(sweep.source)", on: shelf, soFar())
          },
          to: { labelled in
            shelf.add(soFar()) { SweepBytes(labelled, number: $0, palette: map) }
          }))
      if let damage = feed.damage { say(damage, of: source, on: shelf, last) }
      shelf.end(last)
    } catch {
      say(error, of: source, on: shelf, soFar())
      shelf.end(soFar())
    }
  }

  private func say(
    _ error: any Error, of name: String, on shelf: LiveSweeps, _ counts: SourceState.Counts
  ) {
    let words = ErrorReport(error)
    verb.console.error(words)
    shelf.add(SweepFault(words, name: name), counts)
  }
}

extension SourceState.Counts {
  fileprivate init(_ report: StreamReport) {
    self.init(received: report.received, dropped: report.dropped, failed: report.failed)
  }
}

extension SweepBytes {
  fileprivate init(_ labelled: LabelledSweep, number: Int, palette: ClassPalette) {
    let sweep = labelled.sweep
    self.init(
      Content(
        cloud: sweep.cloud, result: labelled.result, truth: sweep.labels, sensor: sweep.sensor,
        time: sweep.time),
      number: number, name: "\(sweep.source) \(sweep.number)", palette: palette,
      arrival: sweep.arrival)
  }
}
#endif
