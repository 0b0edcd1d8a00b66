import Exchange
import Foundation
import PointClouds
import RangeImages
import Sensors
import Tensors
import Testing

@Suite struct RangeImagesGoldenTests {
  /// The front of a raw KITTI scan.
  private func scan(_ archive: NPZArchive) throws -> PointCloud {
    let points = try archive.float32("points_xyzi_f32").elements
    func column(_ field: Int) -> [Float] {
      stride(from: field, to: points.count, by: 4).map { points[$0] }
    }
    return PointCloud(x: column(0), y: column(1), z: column(2), intensity: column(3))
  }

  private func archive() throws -> NPZArchive {
    try NPZArchive(path: SharedFolder.path("golden/projection_real_scan.npz"))
  }

  @Test(arguments: [
    ("ring_unfold_64x512_nearest_i32", 64, 512, ImageGeometry.RowRule.unfolding),
    ("paper_uniform_64x512_nearest_i32", 64, 512, .elevation),
  ])
  func theImageOfARealScanIsTheReference(
    name: String, rows: Int, columns: Int, rule: ImageGeometry.RowRule
  ) throws {
    let archive = try archive()
    var geometry = ImageGeometry.paper
    geometry.rowRule = rule
    let projection = try Projector.project(scan(archive), geometry: geometry)
    let expected = try archive.int32(name)
    let different = zip(projection.image.pointIndex, expected).count { $0 != $1 }
    print("\(name): \(different) of \(expected.count) cells differ")
    // Three points lie exactly on an edge; each can change two cells.
    #expect(different <= 6)
  }

  @Test func aRealScansRingsAreFoundByItsTableAndByOrder() throws {
    let archive = try archive()
    let cloud = try scan(archive)
    let rings = try archive.uint8("ring_u8").map(Int32.init)
    var unfolding = ImageGeometry.kittiFront
    unfolding.rowRule = .unfolding
    let byOrder = try Projector.project(cloud, geometry: unfolding)
    let sensor = try SensorCatalogue.bundled.named("hdl64e-kitti")
    let byTable = try Projector.project(cloud, geometry: .kittiFront, sensor: sensor)
    #expect(byTable.rowSource == .table && byOrder.rowSource == .order)
    for (projection, limit) in [(byOrder, 0), (byTable, 60)] {
      let wrong = zip(projection.cellOfPoint, rings).count { $0 >= 0 && $0 / 512 != $1 }
      let lost = projection.cellOfPoint.count { $0 < 0 }
      print("rows by \(projection.rowSource): \(wrong) of \(rings.count) differ, \(lost) outside")
      #expect(wrong + lost <= limit)
    }
  }

  @Test func rangeNetsCellsAreTheReferenceButWhereItClampsThem() throws {
    let archive = try archive()
    let projection = try Projector.project(scan(archive), geometry: .rangeNet)
    let columns = try archive.int32("rangenet_px_i32")
    let rows = try archive.int32("rangenet_py_i32")
    var different = 0
    for (point, cell) in projection.cellOfPoint.enumerated() where cell >= 0 {
      if cell != rows[point] * 2048 + columns[point] { different += 1 }
    }
    // RangeNet++ moves points above +3 or below -25 degrees into its edge rows; here they have no
    // cell.
    let moved = projection.fates.indices.filter { projection.fates[$0] == .outside }
    #expect(moved.allSatisfy { rows[$0] == 0 || rows[$0] == 63 })
    print("rangenet: \(different) of \(rows.count) cells differ, \(moved.count) points not clamped")
    #expect(different <= 3 && moved.count == 20)
    let expected = try archive.int32("rangenet_64x2048_nearest_i32")
    let inside = expected.indices.filter { (1..<63).contains($0 / 2048) }
    #expect(inside.count { projection.image.pointIndex[$0] != expected[$0] } <= 6)
  }
}
