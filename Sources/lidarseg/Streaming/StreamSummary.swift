import Foundation
import PointClouds
import Recordings
import Sensors
import Streams

/// What a capture or a recording holds; `info --json` prints it.
struct StreamSummary: Encodable {
  /// The sweeps of one sensor or topic.
  struct Source: Encodable {
    var name: String
    var sensor: String?
    var sweeps = 0
    var points = 0
    /// Seconds from the first sweep to the last.
    var seconds: Double?
    fileprivate var begin: Int64?

    private enum CodingKeys: String, CodingKey { case name, sensor, sweeps, points, seconds }
  }

  /// A topic of a recording.
  struct Topic: Encodable {
    var name: String
    var type: String
    var messages: Int?
  }

  let path: String
  private(set) var sources: [Source] = []
  private(set) var topics: [Topic]?
  private(set) var packets: PacketReport?
  private(set) var skippedMessages = 0
  private(set) var firstSweep: ScanSummary?

  private enum CodingKeys: String, CodingKey {
    case path, sources, topics, packets, skippedMessages, firstSweep
  }

  init(path: String) {
    self.path = path
  }

  /// Counts a sweep; the first is described.
  mutating func add(_ sweep: StreamSweep) {
    if firstSweep == nil {
      firstSweep = ScanSummary(sweep.cloud, labels: sweep.labels, path: sweep.source)
    }
    let index = sources.firstIndex { $0.name == sweep.source } ?? sources.count
    if index == sources.count {
      sources.append(Source(name: sweep.source, sensor: sweep.sensor?.name, begin: sweep.time))
    }
    sources[index].sweeps += 1
    sources[index].points += sweep.cloud.count
    if let begin = sources[index].begin, let time = sweep.time {
      sources[index].seconds = Double(time - begin) * 1e-9
    }
  }

  /// Takes over what the source counted itself.
  mutating func finish(_ feed: SweepFeed) {
    packets = feed.packets
    skippedMessages = feed.skippedMessages
    topics = feed.topics?.map { Topic(name: $0.name, type: $0.type, messages: $0.messageCount) }
  }

  /// Sweeps of all sources.
  var sweeps: Int { sources.reduce(0) { $0 + $1.sweeps } }
  /// Points of all sources.
  var points: Int { sources.reduce(0) { $0 + $1.points } }

  var text: String {
    var lines = ["\(path): \(sweeps) sweeps, \(points) points"]
    for topic in topics ?? [] {
      lines.append("topic \(topic.name): \(topic.type)" + (topic.messages.map { ", \($0)" } ?? ""))
    }
    for source in sources {
      let seconds = source.seconds.map { String(format: ", %.1f s", $0) } ?? ""
      lines.append(
        "\(source.name): \(source.sensor ?? "sensor not recognised"), \(source.sweeps) sweeps"
          + seconds)
    }
    if let packets { lines.append(contentsOf: packets.lines) }
    if skippedMessages > 0 { lines.append("\(skippedMessages) messages are damaged") }
    if let firstSweep { lines += ["first sweep:", firstSweep.text] }
    return lines.joined(separator: "\n")
  }
}
