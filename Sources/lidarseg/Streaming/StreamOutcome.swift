import Foundation
import Segmentation
import Streams

/// What a stream came to; `--json` prints it.
struct StreamOutcome: Encodable {
  /// Sweeps by what became of them.
  struct Sweeps: Encodable {
    var received: Int
    var written: Int
    var dropped: Int
    var failed: Int
  }

  /// How long a stage took, in milliseconds.
  struct Latency: Encodable {
    var p50: Double
    var p95: Double
    var p99: Double
    var max: Double

    /// Nothing where nothing was measured.
    init?(_ histogram: LatencyHistogram) {
      guard let p50 = histogram.quantile(0.5), let p95 = histogram.quantile(0.95),
        let p99 = histogram.quantile(0.99)
      else { return nil }
      (self.p50, self.p95, self.p99, max) = (p50, p95, p99, histogram.longest)
    }
  }

  var source: String
  var model: String
  var classes: [String]
  var sweeps: Sweeps
  var points: Int
  var seconds: Double
  var sweepsPerSecond: Double
  var latency: [String: Latency]
  var packets: PacketReport?

  init(
    _ report: StreamReport, source: String, model: String, classes: [String],
    packets: PacketReport?, seconds: Double
  ) {
    (self.source, self.model, self.classes) = (source, model, classes)
    sweeps = Sweeps(
      received: report.received, written: report.written, dropped: report.dropped,
      failed: report.failed)
    (points, self.seconds, self.packets) = (report.points, seconds, packets)
    sweepsPerSecond = seconds > 0 ? Double(report.written) / seconds : 0
    latency = [:]
    for (stage, histogram) in report.latencies {
      latency[stage.rawValue] = Latency(histogram)
    }
  }

  /// One line: what a status line shows.
  var line: String {
    let total = latency[StreamReport.Stage.total.rawValue]
    let times = total.map {
      String(format: ", ms p50 %.0f p95 %.0f p99 %.0f", $0.p50, $0.p95, $0.p99)
    }
    let lost = packets.map { ", packets lost \($0.lost)" }
    return String(format: "%.0f s: %d sweeps, %.1f/s", seconds, sweeps.written, sweepsPerSecond)
      + (times ?? "") + ", dropped \(sweeps.dropped)" + (lost ?? "")
  }

  /// All of it as lines of talk.
  var text: String {
    var lines = [line]
    let stages = StreamReport.Stage.allCases.compactMap { stage in
      latency[stage.rawValue].map { String(format: "%@ %.1f/%.1f", stage.rawValue, $0.p50, $0.p99) }
    }
    lines.append("ms, p50/p99: " + stages.joined(separator: ", "))
    lines += packets?.lines ?? []
    return lines.joined(separator: "\n")
  }
}

extension PacketReport {
  /// Packets that are missing, of all sensors.
  var lost: Int { sensors.reduce(0) { $0 + $1.lost } }

  /// A line for each sensor.
  var lines: [String] {
    sensors.map { sensor in
      "\(sensor.source): \(sensor.sweeps) sweeps, packets received \(sensor.received), lost "
        + "\(sensor.lost), late \(sensor.late), duplicate \(sensor.duplicate), reordered "
        + "\(sensor.reordered); \(sensor.missedSweeps) revolutions without any"
    }
  }
}
