import Datasets
import Foundation
import PCLBridge
import PointClouds
import Sensors
import TestSupport
import Testing

@testable import Simulator

/// The boxes that are written, read with the program's own reader of KITTI's.
@Suite struct OutputBoxTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func write(_ scene: SensingScene) throws -> URL {
    let scanner = try SceneScanner(
      scene.configuration, sensor: scene.sensor, seed: SensingScene.seed)
    _ = try SequenceWriter(folder: folder.path("")).write(scene: scene.number, from: scanner)
    return folder.url.appending(path: String(format: "sequences/%02d", scene.number))
  }

  @Test func everyBoxWithPointsIsALine() throws {
    for number in 0..<5 {
      let scene = try SensingScene(number, sensor: "vlp16")
      let boxes = try scene.frame().boxes.filter { $0.pointCount > 0 }
      let objects = try KITTIObjects(
        path: try write(scene).appending(path: "label_2/000000.txt").path)
      try #require(objects.boxes.count == boxes.count && !boxes.isEmpty)
      #expect(objects.regions.isEmpty)
      for (written, box) in zip(objects.boxes, boxes) {
        #expect(KITTIClass(rawValue: written.kind)?.fileName == box.name)
        let size = SIMD3(written.length, written.width, written.height) - SIMD3<Double>(box.size)
        #expect((size * size).max() < 0.006 * 0.006)
        // The camera is 27 cm ahead of the sensor and 8 cm below it.
        let bottom = SIMD3(written.bottom.z + 0.27, -written.bottom.x, -written.bottom.y - 0.08)
        let miss = bottom - SIMD3<Double>(box.bottom)
        #expect((miss * miss).max() < 0.006 * 0.006)
        let turn = written.yaw + Double(box.heading) + .pi / 2
        #expect(abs(sin(turn)) < 0.006 && cos(turn) > 0.9)
        #expect(abs(written.yaw) < 3.15)
      }
    }
  }

  @Test func theBoxesHoldThePointsOfTheirActors() throws {
    var configuration = SimulationConfiguration.with {
      $0.motionCompensation = true
      $0.mixedPixels = false
      $0.randomisation = false
    }
    // So that the camera stands upright, but for the slope of the lane.
    configuration.sensorPitch = 0
    configuration.streets.slopes = 0
    // What goes by close at hand leaves its box while it is scanned.
    configuration.streets.neighbours = 0
    var (right, wrong) = (0, 0)
    for number in 0..<6 {
      let scene = try SensingScene(number, configuration)
      let (frame, sequence) = (try scene.frame(), try write(scene))
      let classes = try camera(of: sequence).classes(
        of: frame.cloud,
        in: KITTIObjects(path: sequence.appending(path: "label_2/000000.txt").path))
      for (label, found) in zip(frame.labels, classes)
      where found != .outsideImage && !Self.ground.contains(label.semantic) {
        let actor = label.instance > 0 ? frame.boxes[Int(label.instance) - 1].name : nil
        if found.fileName == actor {
          right += actor == nil ? 0 : 1
        } else {
          wrong += 1
        }
      }
    }
    // The road falls to its sides, so that the camera leans by a degree; boxes are upright in it.
    #expect(right > 5000 && wrong < right / 30, "\(right) \(wrong)")
  }

  /// What lies below actors, in their boxes or not by a hair.
  private static let ground: Set<UInt16> = [
    RawClass.road, RawClass.parking, RawClass.sidewalk, RawClass.otherGround,
    RawClass.laneMarking, RawClass.terrain,
  ]

  /// The camera of a sequence; object frames name the lines otherwise.
  private func camera(of sequence: URL) throws -> KITTICalibration {
    let text =
      try String(contentsOf: sequence.appending(path: "calib.txt"), encoding: .utf8)
      .replacing("Tr:", with: "Tr_velo_to_cam:") + "R0_rect: 1 0 0 0 1 0 0 0 1\n"
    return try KITTICalibration(
      objectFile: folder.write(text.utf8, to: "calib.txt"),
      imageSize: .init(width: 1241, height: 376))
  }
}
