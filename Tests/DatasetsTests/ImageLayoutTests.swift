import Datasets
import Foundation
import PointCloudIO
import PointClouds
import TestSupport
import Testing

/// Arrays of images, and what a YAML says of scans.
@Suite struct ImageLayoutTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
    let url = folder.url.appending(path: name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  /// An array of `count` images of one row and two columns; x counts from 1.
  private func shard(_ count: Int) -> [UInt8] {
    let values = (0..<2 * count).flatMap { cell -> [Float] in
      [Float(cell + 1), 1, 1, 0.5, 2, 40]
    }
    return NumpyArray.bytes(shape: [count, 1, 2, 6], values: values)
  }

  @Test func everyImageOfASimulationsShardsIsAScan() throws {
    try write(shard(3), to: "set/shards/000000.npy")
    try write(shard(1), to: "set/shards/000001.npy")
    for name in ["set", "set/shards"] {
      let dataset = try Dataset.open(path: folder.path(name))
      #expect(dataset.layout == .squeezeSeg)
      #expect(
        dataset.scans.map { "\($0.drive)/\($0.frame)" }
          == ["000000/000000", "000000/000001", "000000/000002", "000001/000000"])
      let read = try dataset.scans[2].read()
      #expect(read.scan.cloud.x == [5, 6])
      #expect(try dataset.scans[2].labels(of: read.scan)?.map(\.semantic) == [40, 40])
    }
    let single = try Dataset.open(path: folder.path("set/shards/000000.npy"))
    #expect(single.scans.count == 3 && single.drives == ["000000"])
  }

  @Test func aDrivesArrayOfImagesKeepsItsDrive() throws {
    try write(shard(2), to: "points/7.npy")
    let path = try folder.write("drives: [{name: day, scans: points}]".utf8, to: "set.yaml")
    let scans = try Dataset.open(path: path).scans
    #expect(scans.map { "\($0.drive)/\($0.frame)" } == ["day/7-000000", "day/7-000001"])
    #expect(try scans[1].read().scan.cloud.x == [3, 4])
  }

  @Test func aCatalogueSaysHowItsScansAreRead() throws {
    let cloud = PointCloud(x: [1, 2], y: [3, 4], z: [5, 6], intensity: [51, 255])
    try write(RandomScan.kittiBytes(cloud), to: "points/1.dat.bin")
    let path = try folder.write(
      "{format: kitti-bin, intensity-scale: 0.5, drives: [{scans: points}]}".utf8, to: "set.yaml")
    let scan = try #require(try Dataset.open(path: path).scans.first)
    #expect(scan.format == .kittiBin)
    #expect(try scan.read().scan.cloud.intensity == [25.5, 127.5])
    #expect(try scan.read().scan.cloud.x == [1, 2])
    #expect(throws: PointCloudIOError.self) { try scan.read(as: .pcd) }
  }

  @Test func aSensorFileIsFoundBesideTheCatalogue() throws {
    try write([], to: "points/1.bin")
    for (name, expected) in [("hdl32e", "hdl32e"), ("mine.yaml", folder.path("mine.yaml"))] {
      let path = try folder.write(
        "{sensor: \(name), drives: [{scans: points}]}".utf8, to: "set.yaml")
      #expect(try Dataset.open(path: path).sensor == expected)
    }
  }

  /// The example of docs/data.md, word for word.
  @Test func theDocumentedExampleIsOpened() throws {
    let document = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../docs/data.md").standardizedFileURL
    let lines = try String(contentsOf: document, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.hasPrefix("    sensor: ") })
    let example = lines[start...].prefix { $0.hasPrefix("    ") }.map { $0.dropFirst(4) }
    let path = try folder.write(example.joined(separator: "\n").utf8, to: "mine.yaml")
    let cloud = RandomScan.cloud(count: 3)
    for name in ["morning/points/000000.bin", "morning/points/000001.bin", "evening/a.bin"] {
      try write(RandomScan.kittiBytes(cloud), to: name)
    }
    try write([10, 0, 0, 0, 30, 0, 0, 0, 99, 0, 0, 0], to: "morning/labels/000001.label")
    let dataset = try Dataset.open(path: path)
    #expect(dataset.sensor == "hdl64e-kitti")
    #expect(dataset.labelMap == (try LabelMap.bundled("four-classes")))
    #expect(
      dataset.scans.map { "\($0.drive)/\($0.frame)" }
        == ["morning/000000", "morning/000001", "evening/a"])
    let labelled = dataset.scans[1]
    let scan = try labelled.read().scan
    #expect(try labelled.labels(of: scan)?.map(\.semantic) == [10, 30, 99])
    #expect(abs(scan.cloud.intensity[0] - cloud.intensity[0] * 0.00392) < 1e-7)
  }
}
