import Foundation
import PointClouds
import Streams

/// Converts the sweeps of a capture, a recording or a stream, one after the other.
struct StreamConversion {
  let feed: SweepFeed
  let console: Console
  var writer: ConvertWriter

  /// Converts sweeps until there are no more, or a signal asks to stop.
  ///
  /// - Throws: what concerns all sweeps; damage of the source is said and counted.
  mutating func run() throws -> ConvertReport {
    Signals.stopRequest.claim()
    var folders = SourceFolders()
    while let sweep = try feed.next(until: { Signals.stopRequest.askingSignal != nil }) {
      try writer.write(Scan(cloud: sweep.cloud, labels: sweep.labels), folders.name(of: sweep))
    }
    try writer.finish()
    writer.report.skippedScans = feed.skippedMessages
    if let damage = feed.damage {
      let fault = ErrorReport(damage)
      console.error(fault)
      writer.report.fail(with: fault)
    }
    return writer.report
  }
}
