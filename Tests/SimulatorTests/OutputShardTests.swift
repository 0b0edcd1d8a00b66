import Foundation
import PointCloudIO
import PointClouds
import Sensors
import TestSupport
import Testing

@testable import Simulator

/// Range images as they are written, against the scans that they are made of.
@Suite struct OutputShardTests {
  private let folder: TemporaryFolder
  private let columns = 90

  init() throws {
    folder = try TemporaryFolder()
  }

  /// One cell of an image.
  private struct Cell: Hashable {
    var point: SIMD3<Float>
    var intensity: Float
    var label: UInt16
  }

  private func shard(_ number: Int, of scenes: Int) throws -> NumpyArray {
    let sensor = try SensorTable.sparse
    let scanner = try SceneScanner(
      SimulationConfiguration(), sensor: sensor, seed: SensingScene.seed)
    let writer = ShardWriter(
      folder: folder.path(""), sensor: sensor, columns: columns, scenes: scenes)
    #expect(!writer.isComplete(shard: number))
    let count = try writer.write(shard: number, from: scanner)
    #expect(writer.isComplete(shard: number) && count.scans == min(16, scenes - 16 * number))
    let path = folder.path(String(format: "shards/%06d.npy", number))
    return try NumpyArray(Array(Data(contentsOf: URL(fileURLWithPath: path))), path: path)
  }

  @Test func aShardHoldsSixteenScenesAndTheLastOneTheRest() throws {
    #expect(try shard(0, of: 18).shape == [16, 3, columns, 6])
    #expect(try shard(1, of: 18).shape == [2, 3, columns, 6])
  }

  @Test func cellsHoldPointsOfTheirScene() throws {
    let sensor = try SensorTable.sparse
    let array = try shard(1, of: 18)
    let size = 3 * columns
    for image in 0..<2 {
      let frame = try SensingScene.frames(16 + image, sensor: sensor, SimulationConfiguration())[0]
      let points = Set(
        frame.labels.indices.map { index in
          Cell(
            point: frame.point(index), intensity: frame.cloud.intensity[index],
            label: frame.labels[index].semantic)
        })
      var filled = 0
      for cell in 0..<size {
        let values = array.values[6 * (image * size + cell)..<6 * (image * size + cell + 1)]
          .map { Float($0) }
        guard values[4] > 0 else {
          #expect(values.allSatisfy { $0 == 0 })
          continue
        }
        let point = Vector(values[0], values[1], values[2])
        #expect(
          points.contains(Cell(point: point, intensity: values[3], label: UInt16(values[5]))))
        #expect(abs(point.length - values[4]) < 0.001)
        let (row, column) = (cell / columns, cell % columns)
        let elevation = Double(asin(point.z / point.length)) * 180 / .pi
        #expect(abs(elevation - sensor.beams[row].elevation) < 0.1)
        let turned = (180 - Double(atan2(point.y, point.x)) * 180 / .pi) / 360 * Double(columns)
        #expect(abs(turned - Double(column) - 0.5) < 0.51)
        filled += 1
      }
      #expect(filled > size / 2)
    }
  }
}
