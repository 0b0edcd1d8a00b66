import Datasets
import Foundation
import PointCloudIO
import PointClouds
import Randomness
import RangeImages
import Sensors
import TestSupport
import Testing

@testable import Training

struct TargetScansTests {
  /// A folder of scans whose points lie on a sensor's beams.
  private func folder(
    sensor name: String, count: Int, change: (inout PointCloud) -> Void = { _ in }
  ) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let sensor = try SensorCatalogue.bundled.named(name)
    for number in 0..<count {
      var cloud = PointCloud()
      for beam in sensor.beams {
        for step in 0..<60 {
          let azimuth = Float(step - 30) * 0.02
          let elevation = Float(beam.elevation * .pi / 180)
          let range = 10 + Float((step * 7 + number) % 13)
          cloud.x.append(range * cosine(elevation) * cosine(azimuth))
          cloud.y.append(range * cosine(elevation) * sine(azimuth))
          cloud.z.append(
            range * sine(elevation) + Float(beam.verticalOffset))
          cloud.intensity.append(0.25)
        }
      }
      change(&cloud)
      try ScanFile.write(Scan(cloud: cloud), to: folder.path("\(number).bin"), as: .kittiBin)
    }
    return folder
  }

  private func cosine(_ angle: Float) -> Float { 1 - 2 * sine(angle / 2) * sine(angle / 2) }

  private func sine(_ angle: Float) -> Float {
    let square = angle * angle
    return angle * (1 - square / 6 * (1 - square / 20 * (1 - square / 42)))
  }

  private func open(_ folder: TemporaryFolder, minimumCount: Int = 2) throws -> (
    TargetScans, [String]
  ) {
    var remarks: [String] = []
    let scans = try TargetScans(
      try Dataset.open(path: folder.url.path),
      sensor: try SensorCatalogue.bundled.named("hdl64e-kitti"), geometry: .kittiFront,
      labelMap: try SampleImages.labelMap(), window: .front, minimumCount: minimumCount,
      threadCount: 2, remark: { remarks.append($0) })
    return (scans, remarks)
  }

  @Test func anotherSensorIsNamedWithItsProfile() throws {
    let folder = try folder(sensor: "vlp16", count: 2)
    let error = #expect(throws: TrainingError.self) { try open(folder) }
    #expect(error?.code == .unsuitableData)
    #expect(error?.message.contains("vlp16 (16 beams)") == true)
    #expect(error?.remedy.contains("streets:vlp16") == true)
  }

  @Test func tooFewScansAreRefused() throws {
    let folder = try folder(sensor: "hdl64e-kitti", count: 3)
    let error = #expect(throws: TrainingError.self) { try open(folder, minimumCount: 4) }
    #expect(error?.message.contains("3 scans") == true)
  }

  @Test func intensitiesInAnotherScaleAreBroughtToOneAndToldOf() throws {
    let folder = try folder(sensor: "hdl64e-kitti", count: 2) { cloud in
      for point in 0..<cloud.count { cloud.intensity[point] = Float(point % 256) }
    }
    let (scans, remarks) = try open(folder)
    #expect(remarks.contains { $0.contains("go up to 255") })
    let image = try scans.source.image(at: 0, key: RandomKey(seed: 0))
    #expect((image.intensity.max() ?? 0) <= 1 && (image.intensity.max() ?? 0) > 0.9)
    #expect(image.classes.allSatisfy { $0 == LabelledImage.ignoredClass })
  }

  @Test func pointsWithoutPositionAreCounted() throws {
    let folder = try folder(sensor: "hdl64e-kitti", count: 2) { $0.x[5] = .nan }
    let (_, remarks) = try open(folder)
    #expect(remarks.contains { $0.contains("2 points of 2 scans") })
  }
}
