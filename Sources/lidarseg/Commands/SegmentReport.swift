import Foundation
import Segmentation

/// What segmenting some scans came to; `--json` prints it.
struct SegmentReport: Encodable {
  /// One scan's part.
  struct Entry {
    var path: String
    var sensor: String?
    var notes: [String]
    var damage: ErrorReport?
    var result: SegmentedScan
    /// Milliseconds for opening and decoding, and for telling the sensor.
    var reading: Double
    /// Milliseconds for writing.
    var writing: Double
  }

  let model: String
  let classes: [String]
  private(set) var scans = 0
  var skippedScans = 0
  private(set) var damagedScans = 0
  private(set) var points = 0
  private(set) var unlabelled = 0
  private(set) var labels: [String: Int] = [:]
  private(set) var sensors: [String: Int] = [:]
  private(set) var seconds = 0.0
  private(set) var scansPerSecond = 0.0
  /// Medians over the scans, in milliseconds.
  private(set) var stages: [String: Double] = [:]
  private(set) var worstStatus: ErrorReport.Status?
  private var durations: [String: [Double]] = [:]

  private enum CodingKeys: String, CodingKey {
    case model, scans, skippedScans, damagedScans, points, unlabelled, labels, sensors, seconds
    case scansPerSecond, stages
  }

  init(model: String, classes: [String]) {
    self.model = model
    self.classes = classes
    for name in classes { labels[name] = 0 }
  }

  mutating func add(_ entry: Entry) {
    scans += 1
    points += entry.result.labels.count
    unlabelled += entry.result.unlabelledCount
    for (name, count) in zip(classes, entry.result.classCounts) {
      labels[name, default: 0] += count
    }
    sensors[entry.sensor ?? "unknown", default: 0] += 1
    let times = entry.result.durations
    for (stage, duration) in [
      ("read", entry.reading), ("project", times.projection), ("network", times.network),
      ("carry", times.carrying), ("write", entry.writing),
    ] {
      durations[stage, default: []].append(duration)
    }
    if entry.damage != nil { damagedScans += 1 }
  }

  /// Notes a fault that does not end the job, and says it.
  mutating func fail(with error: ErrorReport, console: Console) {
    console.error(error)
    worstStatus = worstStatus ?? error.status
  }

  mutating func finish(seconds: Double) {
    self.seconds = seconds
    scansPerSecond = seconds > 0 ? Double(scans) / seconds : 0
    stages = durations.mapValues { values in values.sorted()[values.count / 2] }
  }

  var text: String {
    let counts = classes.map { "\($0) \(labels[$0] ?? 0)" }.joined(separator: ", ")
    let times = ["read", "project", "network", "carry", "write"]
      .map { "\($0) \(String(format: "%.1f", stages[$0] ?? 0))" }.joined(separator: ", ")
    return """
      \(scans) scans, \(points) points: \(counts), unlabelled \(unlabelled)
      \(String(format: "%.2f s, %.1f scans/s", seconds, scansPerSecond)) end to end; median ms: \
      \(times)
      """
  }
}

extension ErrorReport {
  /// Whether no later scan can fare better: nothing can be written, or memory or disk is full.
  var endsTheJob: Bool { status == .exhausted || status == .internalFault || isAboutOutput }
}
