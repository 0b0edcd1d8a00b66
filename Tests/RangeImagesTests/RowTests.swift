import Foundation
import PointClouds
import RangeImages
import Sensors
import Testing

@Suite struct RowTests {
  private func table(_ name: String) throws -> SensorTable {
    try SensorCatalogue.bundled.named(name)
  }

  /// One point per firing and beam, beam after beam, with the beam that measured each.
  private func sweep(
    of table: SensorTable, firings: Int = 64, ranges: ClosedRange<Double> = 3...60,
    bending: Double = 0
  ) -> (cloud: PointCloud, rings: [Int32]) {
    var dice = Dice(state: 4)
    var (cloud, rings) = (PointCloud(), [Int32]())
    for (ring, beam) in table.beams.enumerated() {
      for firing in 0..<firings {
        let azimuth = (Double(firing) + 0.5) * 2 * .pi / Double(firings)
        let rho = Double.random(in: ranges, using: &dice)
        let bent = beam.elevation + bending * Double.random(in: -1...1, using: &dice)
        cloud.append(
          x: Float(rho * cos(azimuth)), y: Float(rho * sin(azimuth)),
          z: Float(rho * tan(bent * .pi / 180) + beam.verticalOffset))
        rings.append(Int32(ring))
      }
    }
    return (cloud, rings)
  }

  private func geometry(_ table: SensorTable, _ rule: ImageGeometry.RowRule = .ring)
    -> ImageGeometry
  {
    ImageGeometry(
      rows: table.beams.count, columns: 64, left: 180, right: -180, rowRule: rule)
  }

  private func rows(_ projection: Projection) -> [Int32] {
    projection.cellOfPoint.map { $0 < 0 ? -1 : $0 / Int32(projection.geometry.columns) }
  }

  @Test(arguments: SensorCatalogue.bundled.tables)
  func rowsAreTheBeamsThatMeasuredThePoints(table: SensorTable) throws {
    let (cloud, rings) = sweep(of: table)
    let projection = try Projector.project(cloud, geometry: geometry(table), sensor: table)
    #expect(projection.rowSource == .table)
    #expect(rows(projection) == rings)
  }

  @Test(arguments: ["hdl64e-kitti", "hdl64e-s2-sztaki", "hdl64e-s3-xiesc", "vlp16"])
  func theBeamIsTheOneWhoseLineIsNearest(name: String) throws {
    // Random heights: by plain search over all beams, as near as single precision can tell.
    let table = try table(name)
    var (cloud, _) = sweep(of: table, firings: 800)
    var dice = Dice(state: 13)
    for _ in 0..<5000 {
      cloud.append(
        x: .random(in: 0.5...30, using: &dice), y: .random(in: -30...30, using: &dice),
        z: .random(in: -12...4, using: &dice))
    }
    let projection = try Projector.project(cloud, geometry: geometry(table), sensor: table)
    let fan = BeamFan(table)
    for (point, row) in rows(projection).enumerated() {
      let (rho, z) = (Double(hypot(cloud.x[point], cloud.y[point])), Double(cloud.z[point]))
      let nearest = fan.nearest(toDistance: rho, height: z)
      let residual = fan.residual(ofDistance: rho, height: z, from: nearest)
      if row < 0 {
        #expect(residual > table.beamGap / 8)
      } else {
        #expect(residual >= fan.residual(ofDistance: rho, height: z, from: Int(row)) - 1e-4)
      }
    }
    let outside = projection.outside
    #expect(outside.above > 0 && outside.below > 0)
  }

  @Test func pointsFarFromEveryBeamAreOutside() throws {
    let table = try table("vlp16")
    var (cloud, _) = sweep(of: table)
    cloud.append(x: 10, y: 1, z: 10 * Float(tan(15.9 * .pi / 180)))
    cloud.append(x: 10, y: 1, z: 10 * Float(tan(16.2 * .pi / 180)))
    cloud.append(x: 10, y: 1, z: 10 * Float(tan(-16.2 * .pi / 180)))
    cloud.append(x: 0, y: 0, z: 5)
    cloud.append(x: 0, y: 0, z: -5)
    let projection = try Projector.project(cloud, geometry: geometry(table), sensor: table)
    #expect(rows(projection).suffix(5) == [0, -1, -1, -1, -1])
    #expect(projection.outside.above == 2 && projection.outside.below == 2)
  }

  @Test func theCloudsOwnRingNumbersComeFirstFromWhicheverEndTheyCount() throws {
    let table = try table("hdl32e")
    var (cloud, rings) = sweep(of: table, bending: 0.3)
    for rising in [false, true] {
      cloud.ring = rings.map { UInt16(rising ? 31 - $0 : $0) }
      let projection = try Projector.project(cloud, geometry: geometry(table))
      #expect(projection.rowSource == .field)
      #expect(rows(projection) == rings)
    }
    cloud.ring = rings.map { UInt16(($0 * 7) % 32) }
    rings = []
    #expect(throws: RangeImagesError.self) {
      try Projector.project(cloud, geometry: ImageGeometry.kittiFull)
    }
  }

  @Test func pointsOffTheBeamsGetTheirRowsByOrder() throws {
    let table = try table("hdl64e-kitti")
    let (cloud, rings) = sweep(of: table, bending: 0.2)
    let projection = try Projector.project(cloud, geometry: .kittiFull, sensor: table)
    #expect(projection.rowSource == .order)
    #expect(rows(projection) == rings)
    let unfolded = try Projector.project(cloud, geometry: geometry(table, .unfolding))
    #expect(rows(unfolded) == rings)
  }

  @Test func rowsThatCannotBeToldAreRefusedWithARemedy() throws {
    let table = try table("hdl64e-kitti")
    var (cloud, _) = sweep(of: table, bending: 0.2)
    var dice = Dice(state: 5)
    let order = cloud.x.indices.shuffled(using: &dice)
    (cloud.x, cloud.y, cloud.z) = (
      order.map { cloud.x[$0] }, order.map { cloud.y[$0] }, order.map { cloud.z[$0] }
    )
    for geometry in [ImageGeometry.kittiFull, geometry(table, .unfolding)] {
      let error = #expect(throws: RangeImagesError.self) {
        try Projector.project(cloud, geometry: geometry, sensor: table)
      }
      #expect(error?.code == .ringsUnknown && error?.remedy.contains("spherical") == true)
    }
  }

  @Test func anEmptyCloudMakesAnEmptyImageByEveryRule() throws {
    for rule in ImageGeometry.RowRule.allCases {
      let table = try table("vlp16")
      let projection = try Projector.project(
        PointCloud(), geometry: geometry(table, rule), sensor: table)
      #expect(projection.image.pointIndex.allSatisfy { $0 == -1 })
      #expect(projection.report.points == 0)
    }
  }

  @Test func ringsBelowTheLastRowAreOutside() throws {
    let table = try table("os1-128-nominal")
    let (cloud, rings) = sweep(of: table)
    let projection = try Projector.project(cloud, geometry: .kittiFull, sensor: table)
    #expect(rows(projection) == rings.map { $0 < 64 ? $0 : -1 })
    #expect(projection.outside.below == 64 * 64)
  }
}
