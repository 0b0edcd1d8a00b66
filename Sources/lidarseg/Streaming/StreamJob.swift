import ArgumentParser
import Exchange
import Foundation
import PointCloudIO
import PointClouds
import Segmentation
import Sensors
import Streams
import Synchronization

/// Segments a stream of packets, from a port or a capture.
struct StreamJob {
  var source: String
  var origin: StreamOrigin
  var options: StreamOptions
  var sensor: SensorTable?
  var pipeline: SegmentationPipeline
  var writer: SegmentWriter
  var verb: VerbOptions

  func run() throws {
    Signals.stopRequest.claim()
    let feed = try SweepFeed(origin, options: packetOptions, pace: options.pace)
    var configuration = SegmentationStream.Configuration()
    configuration.queue = options.queue
    configuration.overflow = options.overflow ?? (isLive ? .dropOldest : .block)
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
    let sources = Mutex<[String]>([])
    let report = try stream.run(
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
        let drive = sources.withLock { known -> String in
          if !known.contains(sweep.source) { known.append(sweep.source) }
          return known.count > 1 ? sweep.source.replacing(":", with: "-") : ""
        }
        try writer.write(
          labelled.result, of: Scan(cloud: sweep.cloud), drive: drive,
          frame: String(format: "%06d", sweep.number))
        status.show { outcome(soFar()).line }
      })
    status.finish()
    try say(outcome(report), feed)
  }

  private var packetOptions: PacketOptions {
    var packets = PacketOptions()
    (packets.sensor, packets.incomplete) = (sensor, options.incomplete)
    return packets
  }

  private var isLive: Bool {
    if case .port = origin { return true }
    return false
  }

  private func say(_ outcome: StreamOutcome, _ feed: SweepFeed) throws {
    if verb.json {
      try verb.console.data(json: outcome)
    } else {
      verb.console.talk(outcome.text)
    }
    if let damage = feed.damage { throw damage }
    guard outcome.sweeps.received > 0 || isLive else {
      throw ErrorReport(
        status: .mismatch, message: "the capture holds no sweep of a known sensor",
        remedy: "name the sensor by --sensor, or look at the packets with info", path: source)
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
