import ArgumentParser
import Exchange
import Foundation
import PointCloudIO
import PointClouds
import Segmentation
import Sensors
import Streams
import Synchronization

/// Segments a stream of sweeps: from a port, a capture, a recording or standard input.
struct StreamJob {
  var source: String
  var origin: SweepOrigin
  var options: StreamOptions
  var packets: PacketOptions
  var pipeline: SegmentationPipeline
  var writer: SegmentWriter
  var verb: VerbOptions

  func run() throws {
    Signals.stopRequest.claim()
    let feed = try SweepFeed(
      origin, options: packets, pace: options.pace,
      until: { Signals.stopRequest.askingSignal != nil })
    var configuration = SegmentationStream.Configuration()
    configuration.queue = options.queue ?? 4
    configuration.overflow = options.overflow ?? (origin.isLive ? .dropOldest : .block)
    let stream = SegmentationStream(pipeline, configuration: configuration)
    let start = ContinuousClock.now
    let description = pipeline.model.description
    let outcome: @Sendable (StreamReport) -> StreamOutcome = { [source] report in
      StreamOutcome(
        report, source: source, model: description.name,
        classes: description.labelMap.classes.map(\.name), packets: feed.packets,
        seconds: (ContinuousClock.now - start) / .seconds(1))
    }
    let soFar = stream.report
    let status = StatusLine(isShown: !verb.quiet && verb.progress != .none)
    let folders = Mutex(SourceFolders())
    let report: StreamReport
    // What was labelled before a stage failed is kept.
    defer { try? writer.finish() }
    report = try stream.run(
      from: { isStopped in
        try feed.next { isStopped() || Signals.stopRequest.askingSignal != nil }
      },
      remark: { sweep, error in
        verb.console.warn("sweep \(sweep.number) of \(sweep.source) is left out")
        verb.console.error(ErrorReport(error))
        // Every sweep of a sensor that the model is not for would fare alike.
        if sweep.number == 0 { throw error }
      },
      to: { [writer] labelled in
        let sweep = labelled.sweep
        let name = folders.withLock { $0.name(of: sweep) }
        try writer.write(labelled.result, of: Scan(cloud: sweep.cloud), name)
        status.show { outcome(soFar()).line }
      })
    status.finish()
    try writer.finish()
    try say(outcome(report), feed)
  }

  private func say(_ outcome: StreamOutcome, _ feed: SweepFeed) throws {
    if verb.json {
      try verb.console.data(json: outcome)
    } else {
      verb.console.talk(outcome.text)
    }
    if feed.skippedMessages > 0 {
      verb.console.warn("\(feed.skippedMessages) messages are damaged and left out")
    }
    if let damage = feed.damage { throw damage }
    guard outcome.sweeps.received > 0 || origin.isLive || Signals.stopRequest.askingSignal != nil
    else {
      throw ErrorReport(
        status: .mismatch, message: "there is no sweep of a known sensor in it",
        remedy: "name the sensor by --sensor, or look at what there is with info", path: source)
    }
  }
}

/// A line on a terminal that is written anew twice a second.
private final class StatusLine: Sendable {
  private let isShown: Bool
  private let last = Mutex(ContinuousClock.now)

  init(isShown: Bool) {
    self.isShown = isShown && isatty(STDERR_FILENO) == 1
  }

  func show(_ text: () -> String) {
    guard isShown else { return }
    let isDue = last.withLock { last in
      guard ContinuousClock.now - last > .milliseconds(500) else { return false }
      last = .now
      return true
    }
    if isDue { write("\r\(text()) ") }
  }

  func finish() { if isShown { write("\n") } }

  private func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
