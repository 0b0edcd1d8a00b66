public import ArgumentParser
public import Segmentation
import Sensors
public import Streams

/// What becomes of packets and messages.
struct PacketSourceOptions: ParsableArguments {
  @Option(
    help: """
      Of packets: what becomes of sweeps that lack some: \(IncompleteSweeps.list); emit unless given.
      """)
  var incomplete: IncompleteSweeps?

  @Option(help: "Of a recording: the one topic to take; all that hold points unless given.")
  var topic: String?

  @Option(
    help: "Of a Velodyne's packets: its calibration, db.xml or the YAML of ROS's driver.",
    completion: .file())
  var calibration: String?

  @Option(
    help: "Of an Ouster's packets: the JSON that it says of itself; once for each sensor.",
    completion: .file())
  var metadata: [String] = []

  /// How packets become sweeps, from a sensor that may be known.
  func packetOptions(sensor: SensorTable?) throws -> PacketOptions {
    var packets = PacketOptions()
    (packets.sensor, packets.incomplete, packets.topic) = (sensor, incomplete ?? .emit, topic)
    if let calibration { try packets.readCalibration(path: calibration) }
    for path in metadata { try packets.addMetadata(path: path) }
    return packets
  }

  /// - Throws: where one is given for scans in files, which have no packets.
  func refuse(forScansOf source: String) throws {
    try Self.refuse(
      [
        incomplete.map { _ in "--incomplete" }, topic.map { _ in "--topic" },
        calibration.map { _ in "--calibration" }, metadata.isEmpty ? nil : "--metadata",
      ], forScansOf: source)
  }

  fileprivate static func refuse(_ given: [String?], forScansOf source: String) throws {
    guard let name = given.compactMap(\.self).first else { return }
    throw ErrorReport(
      status: .usage, message: "\(source) holds scans in files, to which \(name) says nothing",
      remedy: "leave it out")
  }
}

/// How a stream is taken in.
struct StreamOptions: ParsableArguments {
  @Option(help: "Of a stream: sweeps that may wait for the network; 4 unless given.")
  var queue: Int?

  @Option(
    help:
      "Of a stream: what becomes of one more, \(QueueOverflow.list); a port drops, files block.")
  var overflow: QueueOverflow?

  @Flag(help: "Of a capture or recording: replay it as fast as it was recorded.")
  var realtime = false

  @Option(help: "Of a capture or recording: replay it so many times as fast as it was recorded.")
  var rate: Double?

  @Flag(help: "Wait for more at the end of a capture, MCAP or stream that grows.")
  var follow = false

  func validate() throws {
    if let queue, !(1...1000).contains(queue) {
      throw ValidationError("--queue \(queue) is not in 1...1000")
    }
    if let rate, !(rate > 0 && rate.isFinite) {
      throw ValidationError("--rate \(rate) is not above 0")
    }
    guard !realtime || rate == nil else {
      throw ValidationError("--realtime is --rate 1; give one of them")
    }
  }

  /// - Throws: where one is given for scans in files, which are no stream.
  func refuse(forScansOf source: String) throws {
    try PacketSourceOptions.refuse(
      [
        queue.map { _ in "--queue" }, overflow.map { _ in "--overflow" },
        realtime ? "--realtime" : nil, rate.map { _ in "--rate" },
      ], forScansOf: source)
  }

  /// How many times as fast as it was recorded a capture is replayed; nothing for as fast as can be.
  var pace: Double? { realtime ? 1 : rate }
}

extension QueueOverflow: ExpressibleByArgument {}
extension IncompleteSweeps: ExpressibleByArgument {}
