import Foundation
import PointCloudIO
import PointClouds
import Sensors
import TestSupport
import Testing

@testable import Simulator

/// Sequences as they are written: poses and times against the points.
@Suite struct OutputSequenceTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Writes a scene of five frames and gives them.
  private func write(
    _ number: Int, sensor: SensorTable, _ change: (inout SensorPhysics) -> Void = { _ in }
  ) throws -> WrittenSequence {
    var configuration = SimulationConfiguration.with(change)
    configuration.frames = 5
    // What goes by close at hand would hide the road.
    configuration.streets.neighbours = 0
    let scanner = try SceneScanner(configuration, sensor: sensor, seed: SensingScene.seed)
    let writer = SequenceWriter(folder: folder.path(""))
    let count = try writer.write(scene: number, from: scanner)
    #expect(count.scans == 5 && writer.isComplete(scene: number))
    return try WrittenSequence(folder.url.appending(path: String(format: "sequences/%02d", number)))
  }

  /// Some scenes whose vehicle drives.
  private var drivingScenes: [Int] {
    Array((0..<100).lazy.filter { !SensingScene.isStanding($0, frames: 5) }.prefix(3))
  }

  @Test func posesAreRigidAndStartAtTheFirstFrame() throws {
    for number in drivingScenes {
      let poses = try write(number, sensor: SensorTable.sparse).poses
      #expect(poses.count == 5)
      for pose in poses {
        for (row, column) in [(0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2)] {
          let product = (pose.axes[row] * pose.axes[column]).sum()
          #expect(abs(product - (row == column ? 1 : 0)) < 1e-5)
        }
        let (a, b, c) = (pose.axes[0], pose.axes[1], pose.axes[2])
        let across = SIMD3(
          a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
        #expect(abs((across * c).sum() - 1) < 1e-5)
      }
      let first = poses[0]
      for axis in 0..<3 {
        var unit = SIMD3<Double>.zero
        unit[axis] = 1
        #expect(((first.axes[axis] - unit) * (first.axes[axis] - unit)).sum() < 1e-10)
      }
      #expect((first.origin * first.origin).sum() < 1e-10)
      // The camera looks along z.
      #expect(poses[4].origin.z > 0.1)
    }
  }

  @Test(arguments: [10, 20])
  func timesRiseByOneTurn(_ rate: Int) throws {
    let sensor = try SensorTable(
      yaml: try SensorTable.sparse.yaml.replacing("rotation_hz: 10", with: "rotation_hz: \(rate)"))
    let times = try write(0, sensor: sensor).times
    #expect(times.count == 5)
    for (frame, time) in times.enumerated() {
      #expect(abs(time - Double(frame) / Double(rate)) < 1e-6)
    }
  }

  @Test func theCalibrationIsARigidWayFromTheSensorToTheCamera() throws {
    let lines = try write(0, sensor: SensorTable.sparse).calibration
    #expect(lines.keys.sorted() == ["P0", "P1", "P2", "P3", "Tr"])
    #expect(lines.values.allSatisfy { $0.count == 12 })
    let camera = Rigid(try #require(lines["Tr"]))
    // Forward becomes z, left minus x, up minus y.
    #expect(camera.axes == [SIMD3(0, 0, 1), SIMD3(-1, 0, 0), SIMD3(0, -1, 0)])
  }

  @Test func posesBringTheRoadOfAllFramesToOneHeight() throws {
    let sensor = try SensorCatalogue.bundled.named("hdl64e-kitti")
    for number in drivingScenes {
      let sequence = try write(number, sensor: sensor) { $0.motionCompensation = true }
      let first = try roadHeights(sequence, frame: 0)
      #expect(first.count > 100)
      for frame in 1..<5 {
        let later = try roadHeights(sequence, frame: frame)
        let common = Set(first.keys).intersection(later.keys)
        #expect(common.count > 80)
        for cell in common { #expect(abs((first[cell] ?? 9) - (later[cell] ?? -9)) < 0.1) }
      }
    }
  }

  @Test func posesBringWallsAndPolesOfAllFramesToOnePlace() throws {
    let sensor = try SensorCatalogue.bundled.named("hdl64e-kitti")
    for number in drivingScenes {
      let sequence = try write(number, sensor: sensor) { $0.motionCompensation = true }
      let standing: Set<UInt16> = [RawClass.building, RawClass.pole, RawClass.trunk]
      func points(_ frame: Int) throws -> [SIMD3<Double>] {
        try sequence.points(frame: frame) { standing.contains($0.semantic) }
          .filter { ($0 * $0).sum() < 30 * 30 }
      }
      let size = 0.25
      let near = Set(try points(0).flatMap { Cell($0, size: size).withNeighbours })
      let last = try points(4)
      let share = Double(last.count { near.contains(Cell($0, size: size)) }) / Double(last.count)
      #expect(share > 0.9)
    }
  }

  @Test func posesBringWhatIsParkedToOnePlace() throws {
    var found = 0
    for number in drivingScenes {
      let sequence = try write(number, sensor: SensorTable.sparse)
      var configuration = SimulationConfiguration()
      configuration.frames = 5
      let frames = try SensingScene.frames(number, sensor: SensorTable.sparse, configuration)
      for (first, last) in zip(frames[0].boxes, frames[4].boxes) where first.semantic < 252 {
        let place = sequence.inFirstFrame(SIMD3<Double>(last.bottom), frame: 4)
        let miss = place - SIMD3<Double>(first.bottom)
        #expect((miss * miss).sum() < 0.005 * 0.005)
        found += 1
      }
    }
    #expect(found > 20)
  }

  /// Mean heights of the road near the vehicle in cells of a metre, in the frame of the first scan.
  private func roadHeights(_ sequence: WrittenSequence, frame: Int) throws -> [SIMD2<Int>: Double] {
    let points = try sequence.points(frame: frame) { $0.semantic == RawClass.road }
      .filter { $0.x * $0.x + $0.y * $0.y < 12 * 12 }
    let cells = Dictionary(grouping: points) { point in
      SIMD2(Int(point.x.rounded(.down)), Int(point.y.rounded(.down)))
    }
    return cells.filter { $0.value.count >= 5 }
      .mapValues { points in points.reduce(0) { $0 + $1.z } / Double(points.count) }
  }
}

/// A cell of space.
private struct Cell: Hashable {
  var place: SIMD3<Int>

  init(_ point: SIMD3<Double>, size: Double) {
    place = SIMD3(
      Int((point.x / size).rounded(.down)), Int((point.y / size).rounded(.down)),
      Int((point.z / size).rounded(.down)))
  }

  var withNeighbours: [Self] {
    (0..<27).map { number in
      var cell = self
      cell.place &+= SIMD3(number % 3 - 1, number / 3 % 3 - 1, number / 9 - 1)
      return cell
    }
  }
}
