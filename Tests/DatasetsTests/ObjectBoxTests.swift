import Datasets
import Foundation
import PointClouds
import TestSupport
import Testing

@Suite struct ObjectBoxTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// A camera that is turned by a few degrees against the LiDAR and stands beside it.
  private func calibration() throws -> String {
    let turn = 0.07
    let rows = [
      "P2: 100 0 50 0 0 100 30 0 0 0 1 0",
      "R0_rect: \(cos(turn)) 0 \(sin(turn)) 0 1 0 \(-sin(turn)) 0 \(cos(turn))",
      "Tr_velo_to_cam: 0 -1 0 0.1 0 0 -1 -0.2 1 0 0 -0.3", "",
    ]
    return try folder.write(rows.joined(separator: "\n").utf8, to: "calib.txt")
  }

  @Test func boxesHoldThePointsThatHaveTheirClass() throws {
    let lines = [
      "Car 0 0 0 1 2 3 4 1.5 2 4 1 1 12 0.3", "Van 0 0 0 1 2 3 4 2 2 5 -2 1.5 20 -1.2",
      "DontCare -1 -1 -10 0 0 9 9 -1 -1 -1 -1000 -1000 -1000 -10",
      "Pedestrian 0 0 0 1 2 3 4 1.8 0.6 0.8 0 1 8 2",
    ]
    let labels = try folder.write(lines.joined(separator: "\n").utf8, to: "label.txt")
    let frame = KITTIFrame(
      objectsPath: labels, calibration: .objectFile(try calibration(), image: nil))
    let boxes = try frame.boxes()
    #expect(boxes.map(\.kind) == [.car, .van, .pedestrian])
    #expect(boxes[0].size == SIMD3(4, 2, 1.5))
    var random = SeededNumbers(seed: 4)
    var cloud = PointCloud()
    for _ in 0..<40_000 {
      cloud.x.append(Float.random(in: 5...25, using: &random))
      cloud.y.append(Float.random(in: -5...5, using: &random))
      cloud.z.append(Float.random(in: -2...1, using: &random))
      cloud.intensity.append(0)
    }
    var found = 0
    for (index, kind) in try frame.classes(of: cloud).enumerated() where kind != .outsideImage {
      let holding = boxes.last { box in
        box.holds(box.place(x: cloud.x[index], y: cloud.y[index], z: cloud.z[index]))
      }
      if let holding {
        #expect(kind == holding.kind)
        found += 1
      } else {
        #expect([.background, .dontCare].contains(kind))
      }
    }
    #expect(found > 500)
  }

  @Test func placesCountFromTheMiddleOfTheBottom() {
    let box = ObjectBox(
      kind: .car, bottom: SIMD3(10, 2, -1.7), size: SIMD3(4, 2, 1.5), heading: .pi / 2)
    let place = box.place(x: 9, y: 3.5, z: -1.5)
    let miss = place - SIMD3(1.5, 1, 0.2)
    #expect((miss * miss).sum() < 1e-12)
    #expect(box.holds(SIMD3(2, 1, 1.5)) && box.holds(SIMD3(-2, -1, 0)))
    #expect(!box.holds(SIMD3(2.01, 0, 0.5)) && box.holds(SIMD3(2.01, 0, 0.5), margin: 0.02))
    #expect(!box.holds(SIMD3(0, 0, -0.01)) && box.holds(SIMD3(0, 0, 1.51), margin: 0.02))
    #expect(!box.holds(SIMD3(.nan, 0, 0.5)))
  }

  @Test func aSequenceHasBoxesBesideItsLabels() throws {
    for name in ["velodyne", "labels", "label_2"] {
      try FileManager.default.createDirectory(
        at: folder.url.appending(path: "s/\(name)"), withIntermediateDirectories: true)
    }
    _ = try folder.write([UInt8](repeating: 0, count: 16), to: "s/velodyne/000000.bin")
    _ = try folder.write([UInt8](repeating: 0, count: 4), to: "s/labels/000000.label")
    _ = try folder.write(
      "Cyclist 0 0 0 1 2 3 4 1.5 1 2 0 1 10 0\n".utf8, to: "s/label_2/000000.txt")
    let without = try #require(try Dataset.open(path: folder.path("s")).scans.first)
    #expect(try without.boxes() == nil)
    _ = try folder.write(
      "P2: 100 0 50 0 0 100 30 0 0 0 1 0\nTr: 0 -1 0 0 0 0 -1 0 1 0 0 0\n".utf8, to: "s/calib.txt")
    for path in ["s", "s/velodyne/000000.bin"] {
      let scan = try #require(try Dataset.open(path: folder.path(path)).scans.first)
      let boxes = try #require(try scan.boxes())
      #expect(boxes.map(\.kind) == [.cyclist])
      #expect(boxes[0].holds(boxes[0].place(x: 10, y: 0.9, z: 0.4)))
      #expect(!boxes[0].holds(boxes[0].place(x: 10.6, y: 0.9, z: 0.4)))
    }
  }
}
