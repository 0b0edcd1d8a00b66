import Annotation
import Datasets
import Foundation
import PointCloudIO
import PointClouds
import Testing

/// One click and tracks on scans of real streets.
@Suite struct AnnotationAcceptanceTests {
  @Test(arguments: [
    (RectangleFit.Criterion.variance, "var"), (.closeness, "close"), (.area, "area"),
  ])
  func rectanglesFitAsTheReferencesDo(_ criterion: RectangleFit.Criterion, _ name: String) throws {
    let golden = try KernelsGolden("lshape_rectangle_fit")
    let numbers = try golden.input("points").data
    let points = stride(from: 0, to: numbers.count, by: 2).map {
      SIMD2(numbers[$0], numbers[$0 + 1])
    }
    let fit = try #require(RectangleFit(points, by: criterion))
    let score = try golden.output("\(name)_score").data[0]
    #expect(abs(fit.score - score) < 1e-9 * max(1, abs(score)))
    #expect(abs(fit.angle * 180 / .pi - (try golden.output("\(name)_angle_deg").data[0])) < 1e-9)
    let corners = try golden.output("\(name)_corners").data
    for (corner, start) in zip(fit.corners, stride(from: 0, to: 8, by: 2)) {
      #expect(abs(corner.x - corners[start]) < 1e-9 && abs(corner.y - corners[start + 1]) < 1e-9)
    }
  }

  /// A frame of PandaSet: its boxes' length is the longer side, whichever column has it.
  private static func pandaSet(
    _ frame: String
  ) throws -> (cloud: PointCloud, truth: SweepTruth) {
    let folder = try SharedFolder.path("data/formats/pandaset")
    let cloud = try ScanFile.read("\(folder)/\(frame).bin", as: .kittiBin).scan.cloud
    let text = try String(contentsOfFile: "\(folder)/\(frame).txt", encoding: .utf8)
    var boxes: [(objectClass: ObjectClass, box: OrientedBox, id: Int?)] = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard ["Car", "TYPE_VEHICLE", "Pickup_Truck"].contains(words[0]) else { continue }
      let numbers = words[2...8].compactMap { Double($0) }
      let size = SIMD3(
        max(numbers[3], numbers[4]), min(numbers[3], numbers[4]), numbers[5])
      // A vehicle that is longer than a van is a truck.
      guard size.x <= ObjectSize.of(.car).largest.x else { continue }
      let bottom = SIMD3(numbers[0], numbers[1], numbers[2] - size.z / 2)
      boxes.append((.car, OrientedBox(bottom: bottom, size: size, heading: numbers[6]), nil))
    }
    return (cloud, SweepTruth(boxes: boxes, of: cloud))
  }

  @Test func oneClickFitsBoxesOfCars() throws {
    var replay = Replay()
    for frame in ["000000", "000200", "000500"] {
      let (cloud, truth) = try Self.pandaSet(frame)
      _ = replay.add(cloud, truth, drive: frame, number: 0)
    }
    let cars = try #require(replay.result().oneClick.first)
    #expect(cars.objects > 60 && cars.boxes == cars.objects)
    #expect(try #require(cars.boxIoUFromAbove) > 0.75)
    #expect(cars.pointIoU > 0.85 && cars.pointIoUWithGround > 0.85)
  }

  private static func replayed(_ folder: String) throws -> ReplayResult {
    var replay = Replay()
    for scan in try Dataset.open(path: SharedFolder.scans(folder)).scans {
      let read = try scan.read().scan
      guard let truth = try SweepTruth(of: scan, read, boxFile: nil) else { continue }
      _ = replay.add(
        read.cloud, truth, drive: scan.drive, number: try #require(Double(scan.frame)))
    }
    return replay.result()
  }

  @Test func mostObjectsOfADriveAreFollowedWithoutCorrection() throws {
    let result = try Self.replayed("labelled/2011_09_26_drive_0005")
    #expect(result.scans == 80 && result.origins == ["derived from classes": 80])
    #expect(try #require(result.tracks.keptShare) > 0.8)
    let cars = try #require(result.oneClick.first { $0.objectClass == .car })
    #expect(cars.pointIoU > 0.85)
    let followed = try #require(result.tracking.first { $0.objectClass == .car })
    #expect(followed.operationsPerObject < 0.5)
  }

  @Test func aClickIsAnsweredInTime() throws {
    let (cloud, truth) = try Self.pandaSet("000000")
    var replay = Replay()
    _ = replay.add(cloud, truth, drive: "d", number: 0)
    let times = replay.result().times
    // The goal is 50 ms for both on a quiet machine; tests share theirs.
    #expect(try #require(times.click).median + (try #require(times.open)).median < 200)
  }
}
