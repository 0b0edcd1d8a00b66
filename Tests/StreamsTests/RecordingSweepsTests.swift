import Packets
import PointClouds
import Recordings
import Sensors
import Streams
import TestSupport
import Testing

/// Sweeps out of recordings: points and packets, several topics, damaged messages.
@Suite struct RecordingSweepsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func message(_ count: Int, stamp: Int64) -> PointCloud2Message {
    let values = (0..<count).map { Float($0) + Float(stamp) }
    let cloud = PointCloud(x: values, y: values, z: values, intensity: values)
    let labels = (0..<count).map { PointLabel(rawValue: UInt32($0)) }
    return PointCloud2Message(
      Scan(cloud: cloud, labels: labels), header: MessageHeader(stamp: stamp, frame: "lidar"))
  }

  private func sweeps(_ source: RecordingSweeps) throws -> [StreamSweep] {
    var sweeps: [StreamSweep] = []
    while let sweep = try source.next(until: { false }) { sweeps.append(sweep) }
    return sweeps
  }

  private func twoTopics() throws -> String {
    let path = folder.path("two.mcap")
    let writer = try MCAPWriter(path: path)
    let topics = [writer.addPointCloudTopic("/left"), writer.addPointCloudTopic("/right")]
    for number in 0..<3 {
      try writer.write(message(4, stamp: Int64(10 + number)), to: topics[0])
      try writer.write(message(2, stamp: Int64(20 + number)), to: topics[1])
    }
    try writer.finish()
    return path
  }

  @Test func eachTopicIsASourceWithPointsLabelsAndTimes() throws {
    let found = try sweeps(RecordingSweeps(path: try twoTopics(), options: PacketOptions()))
    for (topic, count, first) in [("/left", 4, 10), ("/right", 2, 20)] {
      let own = found.filter { $0.source == topic }
      #expect(own.map(\.number) == [0, 1, 2])
      #expect(own.map(\.time) == (0..<3).map { Int64(first + $0) })
      #expect(own.allSatisfy { $0.cloud.count == count && $0.labels?.count == count })
    }
    #expect(found.count == 6)
  }

  @Test func oneTopicCanBeTakenAndAMissingOneIsNamed() throws {
    let path = try twoTopics()
    var options = PacketOptions()
    options.topic = "/right"
    let found = try sweeps(RecordingSweeps(path: path, options: options))
    #expect(found.count == 3 && found.allSatisfy { $0.source == "/right" })
    options.topic = "/middle"
    let error = #expect(throws: StreamsError.self) {
      try sweeps(RecordingSweeps(path: path, options: options))
    }
    #expect(error?.code == .unknownTopic && error?.remedy.contains("/left, /right") == true)
  }

  @Test func packetsBecomeSweepsOfTheirTopic() throws {
    let table = try SensorCatalogue.bundled.named("hdl64e-kitti")
    let encoder = VelodyneEncoder(calibration: try VelodyneCalibration(table, for: .hdl64ES2))
    let packets = encoder.packets(2 * VelodyneEncoder.packetsPerTurn)
    let path = folder.path("packets.mcap")
    let writer = try MCAPWriter(path: path)
    let topic = writer.addTopic("/velodyne_packets", type: VelodyneScanMessage.type, definition: "")
    for part in stride(from: 0, to: packets.count, by: 100) {
      let scan = VelodyneScanMessage(
        header: MessageHeader(stamp: Int64(part) * 288_000),
        packets: packets[part..<part + 100].enumerated().map { number, packet in
          .init(stamp: Int64(part + number) * 288_000, bytes: packet.bytes)
        })
      try writer.write(scan.encoded(), to: topic, at: Int64(part))
    }
    try writer.finish()
    var options = PacketOptions()
    options.sensor = table
    let source = try RecordingSweeps(path: path, options: options)
    let found = try sweeps(source)
    #expect(found.allSatisfy { $0.source == "/velodyne_packets" })
    #expect(found.reduce(0) { $0 + $1.cloud.count } == packets.reduce(0) { $0 + $1.points.count })
    #expect(source.packets?.sensors.map(\.received) == [600])
    #expect(source.packets?.sensors.map(\.source) == ["/velodyne_packets"])
  }

  @Test func aDamagedMessageIsCountedAndTheOthersAreGiven() throws {
    let path = folder.path("sick.mcap")
    let writer = try MCAPWriter(path: path)
    let topic = writer.addPointCloudTopic("/points")
    try writer.write(message(4, stamp: 1), to: topic)
    try writer.write(Array(message(4, stamp: 2).encoded().dropLast(30)), to: topic, at: 2)
    try writer.write(message(4, stamp: 3), to: topic)
    try writer.finish()
    let source = try RecordingSweeps(path: path, options: PacketOptions())
    #expect(try sweeps(source).map(\.time) == [1, 3])
    #expect(source.skippedMessages == 1)
    #expect(source.damage?.code == .damaged && source.damage?.path == path)
  }
}
