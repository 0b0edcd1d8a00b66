import Foundation
import Packets
import PointClouds
import Sensors
import Streams
import TestSupport
import Testing

@Suite struct CaptureSweepsTests {
  private let folder: TemporaryFolder
  private let table: SensorTable

  init() throws {
    folder = try TemporaryFolder()
    table = try SensorCatalogue.bundled.named("hdl64e-kitti")
  }

  /// A capture of packets, one each 288 microseconds.
  private func capture(
    _ packets: [EncodedPacket], cutBy lost: Int = 0, snapLength: Int = .max
  ) throws -> String {
    var writer = CaptureWriter()
    writer.pcapHeader()
    for (number, packet) in packets.enumerated() {
      let bytes = NetworkWriter.ethernet(NetworkWriter.internet(NetworkWriter.udp(packet.bytes)))
      writer.pcapRecord(
        seconds: UInt32(number * 288 / 1_000_000), fraction: UInt32(number * 288 % 1_000_000),
        Array(bytes.prefix(snapLength)), originalLength: bytes.count)
    }
    return try folder.write(writer.bytes.dropLast(lost), to: "some.pcap")
  }

  private var options: PacketOptions {
    var options = PacketOptions()
    options.sensor = table
    return options
  }

  private func turns(_ count: Int) throws -> [EncodedPacket] {
    let calibration = try VelodyneCalibration(table, for: .hdl64ES2)
    return VelodyneEncoder(calibration: calibration)
      .packets(count * VelodyneEncoder.packetsPerTurn)
  }

  private func sweeps(_ capture: inout CaptureSweeps) throws -> [StreamSweep] {
    var sweeps: [StreamSweep] = []
    while let sweep = try capture.next(until: { false }) { sweeps.append(sweep) }
    return sweeps
  }

  @Test func everyTurnIsASweepOfTheNamedSensorWithAllItsPoints() throws {
    let packets = try turns(3)
    var capture = try CaptureSweeps(path: try capture(packets), options: options)
    let found = try sweeps(&capture)
    #expect(found.map(\.number) == Array(0..<found.count))
    #expect(found.reduce(0) { $0 + $1.cloud.count } == packets.reduce(0) { $0 + $1.points.count })
    #expect(found.allSatisfy { $0.sensor?.name == "hdl64e-kitti" && $0.decoding > 0 })
    // Each revolution has an intensity of its own: none is mixed with another.
    for sweep in found { #expect(Set(sweep.cloud.intensity).count <= 2) }
    #expect(capture.damage == nil && capture.packets?.sensors.map(\.received) == [900])
  }

  @Test func lostPacketsAreCountedAndIncompleteSweepsCanBeGivenUp() throws {
    var packets = try turns(4)
    packets.removeSubrange(400..<404)
    let path = try capture(packets)
    var all = try CaptureSweeps(path: path, options: options)
    let emitted = try sweeps(&all)
    #expect(all.packets?.sensors.map(\.lost) == [4])
    var strict = options
    strict.incomplete = .drop
    var rest = try CaptureSweeps(path: path, options: strict)
    let kept = try sweeps(&rest)
    #expect(kept.count == emitted.count - (rest.packets?.incompleteSweeps ?? 0))
    #expect(kept.allSatisfy { $0.completeness == 1 } && !kept.isEmpty)
  }

  @Test func aCutCaptureGivesWhatIsBeforeTheCutAndSaysWhereThatIs() throws {
    let path = try capture(try turns(2), cutBy: 100)
    var capture = try CaptureSweeps(path: path, options: options)
    let found = try sweeps(&capture)
    #expect(!found.isEmpty && capture.packets?.sensors.map(\.received) == [599])
    let damage = try #require(capture.damage)
    #expect(damage.code == .damaged && damage.path == path && (damage.offset ?? 0) > 0)
  }

  @Test func packetsThatWereNotCapturedWholeAreDamage() throws {
    var capture = try CaptureSweeps(
      path: try capture(try turns(1), snapLength: 600), options: options)
    #expect(try sweeps(&capture).isEmpty)
    #expect(capture.packets?.capture?.cut == VelodyneEncoder.packetsPerTurn)
    let damage = try #require(capture.damage)
    #expect(damage.code == .damaged && damage.message.contains("cut"))
  }

  @Test func anHDL64EWithoutATableIsNamedWithARemedy() throws {
    var capture = try CaptureSweeps(path: try capture(try turns(1)), options: PacketOptions())
    let error = #expect(throws: StreamsError.self) { try sweeps(&capture) }
    #expect(error?.code == .unknownSensor && error?.message.contains("HDL-64E") == true)
  }

  @Test func aTableOfNoVelodyneIsRefused() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(
      contentsOf: root.appending(path: "Calibration/Sensors/Tables/vlp16.yaml"), encoding: .utf8)
    let lines = text.split(separator: "\n").dropLast()
    let file = try folder.write(lines.joined(separator: "\n").utf8, to: "fifteen.yaml")
    var options = PacketOptions()
    options.sensor = try SensorCatalogue.load(path: file)
    #expect(throws: StreamsError.self) {
      try CaptureSweeps(path: try capture(try turns(1)), options: options)
    }
  }

  @Test func aFileThatIsNoCaptureIsNamed() throws {
    let path = try folder.write("no capture at all, but text".utf8, to: "text.pcap")
    var capture = try CaptureSweeps(path: path, options: options)
    #expect(try sweeps(&capture).isEmpty)
    #expect(capture.damage?.code == .damaged && capture.damage?.path == path)
  }
}
