import Foundation
import Packets
import Sensors
import TestSupport
import Testing

/// Packets that are segmented from a capture and from a port.
@Suite struct StreamCommandTests {
  private let folder: TemporaryFolder
  private let packets: [EncodedPacket]

  init() throws {
    folder = try TemporaryFolder()
    let table = try SensorCatalogue.bundled.named("hdl64e-kitti")
    packets = VelodyneEncoder(calibration: try VelodyneCalibration(table, for: .hdl64ES2))
      .packets(3 * VelodyneEncoder.packetsPerTurn)
  }

  private func counts(_ outcome: Program.Outcome) -> [String: Int] {
    outcome.json["sweeps"] as? [String: Int] ?? [:]
  }

  @Test func aCaptureGetsALabelForEachPointOfEachSweep() throws {
    var writer = CaptureWriter()
    writer.pcapHeader()
    for (number, packet) in packets.enumerated() {
      writer.pcapRecord(
        seconds: 0, fraction: UInt32(number * 288),
        NetworkWriter.ethernet(NetworkWriter.internet(NetworkWriter.udp(packet.bytes))))
    }
    let path = try folder.write(writer.bytes, to: "drive.pcap")
    let out = folder.path("labels")
    let outcome = try Program.run(
      "segment", path, "--sensor", "hdl64e-kitti", "--model", "front-small", "--out", out,
      "--json")
    #expect(outcome.status == 0, "\(outcome.err)")
    let written = try #require(counts(outcome)["written"])
    #expect(written >= 3 && counts(outcome)["dropped"] == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: out)
    #expect(names.count == written)
    let bytes = try names.reduce(0) { sum, name in
      sum + (try Data(contentsOf: folder.url.appending(path: "labels/\(name)")).count)
    }
    #expect(bytes == 4 * packets.reduce(0) { $0 + $1.points.count })
    #expect(outcome.json["points"] as? Int == bytes / 4)
    let unnamed = try Program.run("segment", path, "--out", out)
    #expect(unnamed.status == 5 && unnamed.isOneErrorWithHint, "\(unnamed.err)")
    let cut = try folder.write(writer.bytes.dropLast(50), to: "cut.pcap")
    let damaged = try Program.run(
      "segment", cut, "--sensor", "hdl64e-kitti", "--model", "front-small", "--out", out, "--json")
    #expect(damaged.status == 4 && counts(damaged)["written"] == written, "\(damaged.err)")
  }
}
