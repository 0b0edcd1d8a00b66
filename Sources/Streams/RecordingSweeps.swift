import Packets
import PointClouds
public import Recordings
import Sensors

/// The sweeps in a recording of messages: point clouds as they are, and packets made into sweeps.
///
/// Each topic is a source of its own.
public final class RecordingSweeps: SweepSource {
  private let recording: Recording
  private let stream: ByteStream?
  private let options: PacketOptions
  private var packetSweeps: PacketSweeps
  /// Topics of packets, by the number that stands for their sender.
  private var packetTopics: [String] = []
  private var numbers: [String: Int] = [:]
  private var sensors: [String: SensorTable] = [:]
  private var isOver = false
  /// The first thing that was wrong: a message that is left out, or the place behind which nothing
  /// was read.
  public private(set) var damage: StreamsError?
  /// Messages of points or packets that are left out, because they are damaged.
  public private(set) var skippedMessages = 0

  /// Opens a recording.
  ///
  /// - Throws: `.unreadable`, `.damaged`, `.unknownSensor`.
  public convenience init(path: String, options: PacketOptions) throws(StreamsError) {
    try self.init(
      StreamsError.reading { () throws(RecordingsError) in try Recording.open(path) }, nil, options)
  }

  /// Reads MCAP out of a stream.
  convenience init(_ stream: ByteStream, options: PacketOptions) throws(StreamsError) {
    try self.init(
      StreamsError.reading { () throws(RecordingsError) in try Recording.open(stream) }, stream,
      options)
  }

  private init(
    _ recording: Recording, _ stream: ByteStream?, _ options: PacketOptions
  ) throws(StreamsError) {
    (self.recording, self.stream, self.options) = (recording, stream, options)
    packetSweeps = try PacketSweeps(options)
  }

  /// The topics: all where the recording lists them before its messages, otherwise those met so far.
  public var topics: [RecordedTopic] { recording.topics }

  /// What became of the packets, where the recording holds packets.
  public var packets: PacketReport? {
    guard !packetTopics.isEmpty else { return nil }
    var report = packetSweeps.report
    for index in report.sensors.indices {
      report.sensors[index].source = topic(of: report.sensors[index].source)
    }
    return report
  }

  /// The next sweep; see `SweepSource`.
  public func next(until isStopped: () -> Bool) throws(StreamsError) -> StreamSweep? {
    while true {
      if var sweep = packetSweeps.next() {
        sweep.source = topic(of: sweep.source)
        return sweep
      }
      if isOver { return nil }
      guard let message = isStopped() ? nil : nextMessage(until: isStopped) else {
        isOver = true
        try packetSweeps.finish()
        if !isStopped() { try checkTopic() }
        continue
      }
      if let sweep = try take(message) { return sweep }
    }
  }

  private func nextMessage(until isStopped: () -> Bool) -> RecordedMessage? {
    do throws(RecordingsError) {
      guard let stream else { return try recording.next() }
      return try stream.read(until: isStopped) { () throws(RecordingsError) in
        try recording.next()
      }
    } catch {
      // Whoever stops it does not wait for the record to be whole.
      if stream == nil || !isStopped() { damage = damage ?? StreamsError(error) }
      return nil
    }
  }

  /// Makes a sweep of a message of points; packets go to where sweeps are made of them.
  private func take(_ message: RecordedMessage) throws(StreamsError) -> StreamSweep? {
    guard options.topic == nil || message.topic == options.topic else { return nil }
    let start = ContinuousClock.now
    do throws(RecordingsError) {
      switch message.type {
      case PointCloud2Message.type:
        let points = try PointCloud2Message(decoding: message.bytes, as: message.encoding)
        return sweep(try points.scan(), of: message, stamp: points.header.stamp, since: start)
      case VelodyneScanMessage.type:
        try receive(
          VelodyneScanMessage(decoding: message.bytes, as: message.encoding), message.topic)
      default: break
      }
    } catch {
      skippedMessages += 1
      var located = StreamsError(error)
      located.path = recording.path
      located.message = "message \(recording.messageCount) of \(message.topic): " + located.message
      damage = damage ?? located
    }
    return nil
  }

  private func sweep(
    _ scan: Scan, of message: RecordedMessage, stamp: Int64,
    since start: ContinuousClock.Instant
  ) -> StreamSweep {
    let number = numbers[message.topic, default: 0]
    numbers[message.topic] = number + 1
    let sensor =
      options.sensor ?? sensors[message.topic] ?? SensorRecognition.recognise(scan.cloud)?.sensor
    sensors[message.topic] = sensor
    return StreamSweep(
      cloud: scan.cloud, sensor: sensor, source: message.topic, number: number,
      time: stamp == 0 ? message.time : stamp, labels: scan.labels, arrival: start,
      decoding: (ContinuousClock.now - start) / .milliseconds(1))
  }

  private func receive(
    _ scan: VelodyneScanMessage, _ topic: String
  ) throws(RecordingsError) {
    let sender = packetTopics.firstIndex(of: topic) ?? packetTopics.count
    if sender == packetTopics.count { packetTopics.append(topic) }
    for packet in scan.packets {
      let datagram = Datagram(
        sourceAddress: .ipv4(UInt32(sender)), sourcePort: 0, destinationPort: 2368,
        payload: packet.bytes, time: packet.stamp)
      do throws(StreamsError) {
        try packetSweeps.receive(datagram)
      } catch {
        throw RecordingsError(.unsupported, error.message, remedy: error.remedy)
      }
    }
  }

  /// The topic that a sweep of packets comes from, by its sender's address.
  private func topic(of source: String) -> String {
    let host = source.split(separator: ":").first ?? ""
    let sender = host.split(separator: ".").reduce(0) { $0 << 8 | (Int($1) ?? 0) }
    return packetTopics.indices.contains(sender) ? packetTopics[sender] : source
  }

  /// Ends with an error where the topic that was asked for is not there.
  private func checkTopic() throws(StreamsError) {
    guard let topic = options.topic, damage == nil,
      !recording.topics.contains(where: { $0.name == topic })
    else { return }
    let known = recording.topics.filter(\.holdsPoints).map(\.name)
    throw StreamsError(
      .unknownTopic, "no topic is called \(topic)",
      remedy: known.isEmpty
        ? "No topic of it holds points." : "Name one of: \(known.joined(separator: ", ")).",
      path: recording.path)
  }
}

extension RecordedTopic {
  /// Whether its messages are points, or packets of points.
  public var holdsPoints: Bool {
    type == PointCloud2Message.type || type == VelodyneScanMessage.type
  }
}

extension StreamsError {
  init(_ error: RecordingsError) {
    let code: Code = error.code == .unreadable ? .unreadable : .damaged
    self.init(
      code, error.message, remedy: error.remedy, path: error.path, offset: error.offset)
  }

  /// Does what reads a recording or a stream.
  static func reading<Result>(
    _ body: () throws(RecordingsError) -> Result
  ) throws(StreamsError) -> Result {
    do throws(RecordingsError) {
      return try body()
    } catch {
      throw StreamsError(error)
    }
  }
}
