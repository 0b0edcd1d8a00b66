import Datasets
import Foundation
import PointClouds
import TestSupport
import Testing

/// The program on real files.
@Suite struct CommandAcceptanceTests {
  @Test func convertGivesThePointsOfAFrameTheLabelsOfItsBoxes() throws {
    let source = try SharedFolder.path("data/formats/kitti_object")
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      "convert", source, folder.path("out"), "--to", "semantickitti", "--json", timeout: 120)
    #expect(outcome.status == 0 && outcome.json["scans"] as? Int == 3, "\(outcome.err)")
    let out = folder.url.appending(path: "out/kitti_object")
    for frame in ["000002", "000003", "000005"] {
      let points = try Data(contentsOf: out.appending(path: "velodyne/\(frame).bin"))
      let given = URL(fileURLWithPath: "\(source)/velodyne/\(frame).bin")
      #expect(try points == Data(contentsOf: given))
      let classes = try Data(contentsOf: URL(fileURLWithPath: "\(source)/kitti/\(frame).u8"))
      let labels = try Data(contentsOf: out.appending(path: "labels/\(frame).label"))
      #expect(labels.count == 4 * classes.count)
      let expected = classes.map { KITTIClass(rawValue: $0)?.semanticKITTI.rawValue }
      let found = labels.withUnsafeBytes { Array($0.bindMemory(to: UInt32.self)) }
      #expect(zip(found, expected).count { $0 != $1 } == 0, "frame \(frame)")
    }
    let info = try Program.run("info", out.path, "--json")
    #expect(info.json["labelledScans"] as? Int == 3, "\(info.out)")
  }

  /// A sample, and what `info` must say of it.
  @Test(arguments: [
    ("kitti_object", "kitti-bin", "hdl64e-kitti", 126_891),
    ("kitti_raw", "kitti-bin", "hdl64e-kitti", 123_397),
    ("nuscenes", "nuscenes", "hdl32e", 34_688),
    ("semantickitti", "kitti-bin", "hdl64e-kitti", 123_389),
    ("squeezeseg", "npy", "hdl64e-kitti", 28_500),
    ("velodyne_rosbag2_vlp16", "pcd", "vlp16", 14_831),
  ])
  func infoKnowsWhatASampleIs(
    _ name: String, format: String, sensor: String, points: Int
  ) throws {
    let outcome = try Program.run(
      "info", SharedFolder.path("data/formats/\(name)"), "--json", timeout: 120)
    let scan = outcome.json["firstScan"] as? [String: Any]
    #expect(outcome.status == 0 && scan?["format"] as? String == format, "\(outcome.err)")
    #expect(scan?["sensor"] as? String == sensor && scan?["points"] as? Int == points)
  }

  @Test(arguments: ["velodyne_pcap", "ouster"])
  func capturesAreNotTakenForScans(_ name: String) throws {
    let outcome = try Program.run("info", SharedFolder.path("data/formats/\(name)"))
    #expect(outcome.status == 5 && outcome.isOneErrorWithHint, "\(outcome.err)")
  }
}
