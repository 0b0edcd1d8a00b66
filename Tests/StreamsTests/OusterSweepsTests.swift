import Foundation
import Packets
import PointClouds
import Sensors
import Streams
import TestSupport
import Testing

@Suite struct OusterSweepsTests {
  private let folder: TemporaryFolder
  private let encoder = OusterEncoder(.dual)

  init() throws { folder = try TemporaryFolder() }

  /// A capture of frames, and options with the sensor's metadata.
  private func capture(_ frames: Int, leaving lost: Range<Int> = 0..<0) throws -> String {
    var writer = CaptureWriter()
    writer.pcapHeader()
    for (number, packet) in encoder.frames(frames).enumerated() where !lost.contains(number) {
      writer.pcapRecord(
        seconds: UInt32(number * 3125 / 1_000_000), fraction: UInt32(number * 3125 % 1_000_000),
        NetworkWriter.ethernet(
          NetworkWriter.internet(NetworkWriter.udp(packet.bytes, from: 7502, to: 7502))))
    }
    return try folder.write(writer.bytes, to: "ouster.pcap")
  }

  private func options() throws -> PacketOptions {
    var options = PacketOptions()
    try options.addMetadata(path: try folder.write(encoder.json(), to: "ouster.json"))
    return options
  }

  private func sweeps(_ capture: inout CaptureSweeps) throws -> [StreamSweep] {
    var sweeps: [StreamSweep] = []
    while let sweep = try capture.next(until: { false }) { sweeps.append(sweep) }
    return sweeps
  }

  @Test func everyFrameIsASweepOfTheSensorThatItsMetadataDescribe() throws {
    var capture = try CaptureSweeps(path: try capture(3), options: try options())
    let found = try sweeps(&capture)
    #expect(found.map(\.completeness) == [1, 1, 1] && found.map(\.number) == [0, 1, 2])
    #expect(found.map(\.time) == [0, 100_000_000, 200_000_000])
    #expect(found.allSatisfy { $0.sensor?.name == "os-1-5-u1" && $0.sensor?.beams.count == 5 })
    let points = encoder.frames(3).reduce(0) { $0 + $1.points.count }
    #expect(found.reduce(0) { $0 + $1.cloud.count } == points)
    for sweep in found { #expect(Set(sweep.cloud.intensity) == [Float(sweep.number + 1)]) }
    #expect(capture.packets?.sensors.map(\.received) == [96] && capture.damage == nil)
  }

  @Test func lostPacketsAreReported() throws {
    var options = try options()
    options.incomplete = .drop
    var capture = try CaptureSweeps(path: try capture(3, leaving: 40..<45), options: options)
    #expect(try sweeps(&capture).map(\.number) == [0, 2])
    let report = try #require(capture.packets)
    #expect(report.incompleteSweeps == 1 && report.sensors.map(\.lost) == [5])
    #expect(report.sensors.map(\.invalidColumns) == [0])
  }

  @Test func packetsWithoutMetadataNameTheFileToGive() throws {
    var columns: [UInt8] = []
    for column in 0..<16 {
      columns += [UInt8](repeating: 1, count: 8) + OusterEncoder.little(column, 2) + [1, 0]
      columns += [UInt8](repeating: 1, count: 64 * 12)
    }
    let edge = [UInt8](repeating: 1, count: 32)
    var writer = CaptureWriter()
    writer.pcapHeader()
    writer.pcapRecord(
      seconds: 1, fraction: 0,
      NetworkWriter.ethernet(NetworkWriter.internet(NetworkWriter.udp(edge + columns + edge))))
    let path = try folder.write(writer.bytes, to: "unknown.pcap")
    var capture = try CaptureSweeps(path: path, options: PacketOptions())
    let error = #expect(throws: StreamsError.self) { try sweeps(&capture) }
    #expect(error?.code == .unknownSensor && error?.path == path)
    #expect(error?.remedy.contains("--metadata FILE") == true)
  }

  @Test func aTableOfAsManyBeamsNamesTheSensor() throws {
    var options = try options()
    options.sensor = try SensorTable(
      name: "five", beams: (0..<5).map { SensorTable.Beam(elevation: -Double($0)) })
    var capture = try CaptureSweeps(path: try capture(1), options: options)
    #expect(try sweeps(&capture).map(\.sensor?.name) == ["five"])
  }

  @Test func metadataThatCannotBeAreNamed() throws {
    let path = try folder.write("{}".utf8, to: "empty.json")
    var options = PacketOptions()
    let error = #expect(throws: StreamsError.self) { try options.addMetadata(path: path) }
    #expect(error?.code == .unknownSensor && error?.path == path && options.metadata.isEmpty)
    let missing = #expect(throws: StreamsError.self) { try options.addMetadata(path: "/no.json") }
    #expect(missing?.code == .unreadable)
  }
}
