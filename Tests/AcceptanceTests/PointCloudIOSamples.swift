import Foundation
import PointCloudIO
import PointClouds
import TestSupport
import Testing

/// Files of the formats' own authors.
@Suite struct PointCloudIOSamples {
  struct Sample: Sendable, CustomStringConvertible {
    var path: String
    var format: ScanFormat
    var count: Int

    var description: String { path }
  }

  static let samples = [
    Sample(path: "kitti_object/velodyne/000002.bin", format: .kittiBin, count: 126_891),
    Sample(path: "kitti_object/velodyne/000003.bin", format: .kittiBin, count: 113_110),
    Sample(path: "kitti_object/velodyne/000005.bin", format: .kittiBin, count: 125_086),
    Sample(path: "semantickitti/000000.bin", format: .kittiBin, count: 123_389),
    Sample(path: "pandaset/000000.bin", format: .kittiBin, count: 105_227),
    Sample(
      path: "nuscenes/n015-2018-07-24-11-22-45+0800__LIDAR_TOP__1532402927647951.pcd.bin",
      format: .nuScenes, count: 34_688),
    Sample(
      path: "squeezeseg/2011_09_26_0001_0000000010.npy", format: .squeezeSegNpy, count: 28_500),
    Sample(
      path: "velodyne_rosbag2_vlp16/1673400472138016708.pcd", format: .pcd, count: 14_831),
  ]

  @Test(arguments: samples)
  func aSampleIsRecognisedUnderAnyNameAndHasAllItsPoints(sample: Sample) throws {
    let path = try SharedFolder.path("data/formats/\(sample.path)")
    #expect(try ScanFile.recognise(path) == sample.format)
    let folder = try TemporaryFolder()
    let neutral = folder.path("scan")
    try FileManager.default.copyItem(atPath: path, toPath: neutral)
    let result = try ScanFile.read(neutral)
    #expect(result.format == sample.format)
    #expect(result.scan.cloud.count == sample.count)
    #expect(result.damage == nil)
  }

  @Test(arguments: samples, [ScanFormat.pcd, .ply])
  func aSampleComesBackFromPCDAndPLY(sample: Sample, format: ScanFormat) throws {
    let scan = try ScanFile.read(SharedFolder.path("data/formats/\(sample.path)")).scan
    let folder = try TemporaryFolder()
    for encoding in ScanEncoding.allCases where format == .pcd || encoding != .binaryCompressed {
      try ScanFile.write(scan, to: folder.path("copy"), as: format, encoding: encoding)
      #expect(try ScanFile.read(folder.path("copy")).scan == scan)
    }
  }

  @Test func semanticKITTIsLabelsBelongToItsScan() throws {
    let path = try SharedFolder.path("data/formats/semantickitti/000000.label")
    let labels = try LabelFile.read(path, expecting: 123_389)
    #expect(Set(labels.map(\.semantic)).isSubset(of: Set(0...259)))
    #expect(throws: PointCloudIOError.self) { try LabelFile.read(path, expecting: 123_388) }
  }

  @Test func theValuesAreWhatNumPySees() throws {
    let nuScenes = try ScanFile.read(
      SharedFolder.path("data/formats/\(Self.samples[5].path)")
    ).scan.cloud
    #expect(nuScenes.x[0] == -3.1243734 && nuScenes.intensity[0] == 4)
    #expect(nuScenes.ring?.prefix(4) == [0, 1, 2, 3])
    #expect(nuScenes.ring?.max() == 31)
    let image = try ScanFile.read(SharedFolder.path("data/formats/\(Self.samples[6].path)")).scan
    #expect(image.labels?.count { $0.semantic == 10 } == 1858)
    #expect(image.cloud.ring?.max() == 63)
    let packets = try ScanFile.read(SharedFolder.path("data/formats/\(Self.samples[7].path)")).scan
    #expect(packets.cloud.ring?.max() == 15)
    #expect(packets.cloud.time != nil)
  }
}
