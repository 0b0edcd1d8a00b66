import Foundation
import PCLBridge
import PointClouds
import RangeImages
import Sensors
import Testing

@Suite struct RangeImagesScansTests {
  /// A headerless file of `fields` floats a point.
  private func scan(_ name: String, fields: Int = 4) throws -> PointCloud {
    let data = try Data(contentsOf: URL(fileURLWithPath: SharedFolder.path("data/formats/\(name)")))
    return cloud(data, stride: fields * 4)
  }

  private func cloud(_ data: Data, stride: Int) -> PointCloud {
    data.withUnsafeBytes { bytes in
      func column(_ field: Int) -> [Float] {
        Swift.stride(from: field * 4, through: bytes.count - stride + field * 4, by: stride).map {
          bytes.loadUnaligned(fromByteOffset: $0, as: Float.self)
        }
      }
      return PointCloud(x: column(0), y: column(1), z: column(2), intensity: column(3))
    }
  }

  private static let kitti = [
    "kitti_object/velodyne/000002.bin", "kitti_object/velodyne/000003.bin",
    "kitti_object/velodyne/000005.bin",
    "kitti_raw/2011_09_26_drive_0005_sync/velodyne_points/data/0000000000.bin",
  ]

  private func explain(_ name: String, _ recognition: SensorRecognition?) {
    let found = recognition.map { "\($0.best)" } ?? "none"
    print("\(name): \(found)")
  }

  @Test(arguments: kitti)
  func kittisScansAreOfItsSensor(name: String) throws {
    let recognition = SensorRecognition.recognise(try scan(name))
    explain(name, recognition)
    #expect(recognition?.sensor.name == "hdl64e-kitti")
    #expect(recognition?.best.evidence == .elevation)
    #expect(recognition?.best.rings == 64)
  }

  @Test func aMotionCompensatedScanIsRecognisedByOrderAndProjected() throws {
    let cloud = try scan("semantickitti/000000.bin")
    let recognition = try #require(SensorRecognition.recognise(cloud))
    explain("semantickitti", recognition)
    #expect(recognition.sensor.name.hasPrefix("hdl64e") && recognition.best.evidence == .order)
    let projection = try Projector.project(
      cloud, geometry: .kittiFull, sensor: recognition.sensor)
    #expect(projection.rowSource == .order)
    #expect(projection.report.fill > 0.7)
  }

  @Test func nuScenesIsAnHDL32EWithRingsCountedFromBelow() throws {
    let name = "nuscenes/n015-2018-07-24-11-22-45+0800__LIDAR_TOP__1532402927647951.pcd.bin"
    var cloud = try scan(name, fields: 5)
    let recognition = SensorRecognition.recognise(cloud)
    explain("nuScenes", recognition)
    #expect(recognition?.sensor.name == "hdl32e")
    cloud.ring = cloud.x.indices.map { UInt16($0 % 32) }
    var geometry = ImageGeometry.kittiFull
    (geometry.rows, geometry.columns) = (32, 1024)
    let projection = try Projector.project(cloud, geometry: geometry, sensor: recognition?.sensor)
    #expect(projection.rowSource == .field)
    // The highest ring, 31, is row 0.
    #expect(
      projection.cellOfPoint.indices.allSatisfy { point in
        projection.cellOfPoint[point] < 0
          || projection.cellOfPoint[point] / 1024 == Int32(31 - point % 32)
      })
  }

  @Test func velodynesDriverWritesAVLP16() throws {
    let path = try SharedFolder.path(
      "data/formats/velodyne_rosbag2_vlp16/1673400472138016708.pcd")
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    let header = try #require(data.firstRange(of: Data("DATA binary\n".utf8)))
    let recognition = SensorRecognition.recognise(
      cloud(Data(data[header.upperBound...]), stride: 32))
    explain("VLP-16", recognition)
    #expect(recognition?.sensor.name == "vlp16")
  }

  @Test(arguments: ["pandaset/000000.bin", "pandaset/000200.bin", "pandaset/000500.bin"])
  func anUnknownSensorIsNotTakenForAKnownOne(name: String) throws {
    let cloud = try scan(name)
    print(name, SensorRecognition.candidates(of: cloud).prefix(2))
    #expect(SensorRecognition.recognise(cloud) == nil)
  }

  /// PCL rounds to the nearest cell: half a cell further left and up, rounding down does the same.
  @Test(arguments: [(360, 1024), (360, 2048), (720, 2048)])
  func pclsOwnImageShowsTheSameRanges(rows: Int, columns: Int) throws {
    let cloud = try scan(Self.kitti[3])
    let pcl = try #require(
      PCLSphericalImage(x: cloud.x, y: cloud.y, z: cloud.z, rows: rows, columns: columns))
    let (across, down) = (180.0 / Double(columns), 90.0 / Double(rows))
    let geometry = ImageGeometry(
      rows: rows, columns: columns, left: 180 + across, right: -180 + across, top: 90 + down,
      bottom: -90 + down, rowRule: .elevation)
    let image = try Projector.project(cloud, geometry: geometry).image
    let filled = image.range.indices.filter { image.range[$0] > 0 }
    let same = filled.count { abs(image.range[$0] - pcl.range[$0]) <= 1e-4 * image.range[$0] }
    let smeared = pcl.range.indices.count { pcl.range[$0] > 0 && image.range[$0] == 0 }
    print(
      "PCL at \(rows) x \(columns): \(same) of \(filled.count) cells hold the same range; "
        + "PCL fills \(smeared) more")
    #expect(Double(same) > 0.97 * Double(filled.count))
    #expect(filled.allSatisfy { pcl.range[$0] > 0 } || columns > 1024)
  }

  /// Processor time of this thread, so that what else runs on the machine does not count.
  private func milliseconds(_ body: () throws -> Void) rethrows -> Double {
    var times: [Double] = []
    for _ in 0..<15 {
      var (start, end) = (timespec(), timespec())
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start)
      try body()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end)
      times.append(
        Double(end.tv_sec - start.tv_sec) * 1e3 + Double(end.tv_nsec - start.tv_nsec) / 1e6)
    }
    return times.sorted()[times.count / 2]
  }

  @Test func projectingAndCarryingBackTakeMilliseconds() throws {
    let cloud = try scan(Self.kitti[0])
    let sensor = try SensorCatalogue.bundled.named("hdl64e-kitti")
    for (name, geometry) in [
      ("front", ImageGeometry.kittiFront), ("full", .kittiFull), ("rangeNet", .rangeNet),
    ] {
      let projection = try Projector.project(cloud, geometry: geometry, sensor: sensor)
      let noise = projection.image.pointIndex.indices.map { UInt8($0 &* 2_654_435_761 >> 16 & 3) }
      let blocks = projection.image.pointIndex.indices.map {
        UInt8(($0 / 16 &+ $0 / geometry.columns / 8) & 3)
      }
      let project = try milliseconds {
        _ = try Projector.project(cloud, geometry: geometry, sensor: sensor)
      }
      let carry = milliseconds {
        _ = LabelCarrier.voted(noise, through: projection, of: cloud, threads: 1)
      }
      let carryBlocks = milliseconds {
        _ = LabelCarrier.voted(blocks, through: projection, of: cloud, threads: 1)
      }
      print("\(name): kNN on blocks of 8 x 16 cells \(carryBlocks) ms, on noise the next")
      print("\(name), \(cloud.count) points: project \(project) ms, kNN \(carry) ms (thread CPU)")
      #expect(project < 8 && carry < 56)
    }
  }
}
