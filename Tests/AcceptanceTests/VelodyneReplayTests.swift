import Foundation
import Packets
import PointCloudIO
import PointClouds
import RangeImages
import Sensors
import Streams
import TestSupport
import Testing

/// The real sweeps of a drive, made into packets of an HDL-64E with the beams that were recovered, and
/// decoded again.
@Suite struct VelodyneReplayTests {
  private static let step = 16
  private let table: SensorTable
  private let encoder: VelodyneEncoder

  init() throws {
    table = try SensorCatalogue.bundled.named("hdl64e-kitti")
    encoder = VelodyneEncoder(
      calibration: try VelodyneCalibration(table, for: .hdl64ES2), step: Self.step)
  }

  /// The packets of one turn that sees what a scan saw.
  private func turn(_ number: Int, seeing cloud: PointCloud) throws -> [EncodedPacket] {
    let columns = 36_000 / Self.step
    let image = try Projector.project(
      cloud,
      geometry: ImageGeometry(
        rows: 64, columns: columns, left: 180, right: -180, rowRule: .ring), sensor: table
    ).image
    let count = columns / 6
    return (number * count..<(number + 1) * count).map { packet in
      encoder.packet(number: packet) { _, ring, azimuth in
        let column = Int(((azimuth + 180) / 360 * Double(columns)).rounded(.down)) % columns
        let cell = ring * columns + (column + columns) % columns
        guard image.pointIndex[cell] >= 0 else { return nil }
        return VelodyneEcho(
          distance: Double(image.range[cell]), intensity: UInt8(image.intensity[cell] * 255))
      }
    }
  }

  @Test func decodedIsWhatWasEncodedWithinTwoMillimetres() throws {
    let folder = URL(fileURLWithPath: try SharedFolder.scans("labelled/2011_09_26_drive_0005"))
      .appending(path: "velodyne")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    try #require(names.count == 80)
    var writer = CaptureWriter()
    writer.pcapHeader()
    var expected: [[SweepPoint]] = []
    for (number, name) in names.enumerated() {
      let scan = try ScanFile.read(folder.appending(path: name).path, as: .kittiBin).scan
      let packets = try turn(number, seeing: scan.cloud)
      for packet in packets {
        writer.pcapRecord(
          seconds: 0, fraction: 0,
          NetworkWriter.ethernet(NetworkWriter.internet(NetworkWriter.udp(packet.bytes))))
      }
      expected.append(packets.flatMap(\.points))
    }
    let temporary = try TemporaryFolder()
    var options = PacketOptions()
    options.sensor = table
    var source = try CaptureSweeps(
      path: try temporary.write(writer.bytes, to: "drive.pcap"), options: options)
    var sweeps: [StreamSweep] = []
    while let sweep = try source.next(until: { false }) { sweeps.append(sweep) }
    #expect(source.damage == nil && source.packets?.lost == 0)
    // A beam that points to the left has seen straight ahead before the block that says so.
    let found = sweeps.map(\.cloud.count)
    #expect(found.reduce(0, +) == expected.reduce(0) { $0 + $1.count })
    #expect(expected.allSatisfy { $0.count > 90_000 })
    let all = expected.flatMap(\.self)
    let points = sweeps.flatMap { sweep in
      (0..<sweep.cloud.count).map { SIMD3(sweep.cloud.x[$0], sweep.cloud.y[$0], sweep.cloud.z[$0]) }
    }
    var farthest: Float = 0
    for (point, other) in zip(points, all) {
      let miss = point - SIMD3(other.x, other.y, other.z)
      farthest = max(farthest, (miss * miss).sum().squareRoot())
    }
    #expect(farthest < 0.002, "\(farthest)")
  }
}

extension PacketReport {
  fileprivate var lost: Int { sensors.reduce(0) { $0 + $1.lost } }
}
