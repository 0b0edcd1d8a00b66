import Foundation
import PCLBridge
import PointClouds
import RangeImages
import Sensors
import Testing

@Suite struct ProjectionTests {
  private let geometry = ImageGeometry(
    rows: 2, columns: 4, left: 180, right: -180, top: 10, bottom: -10, rowRule: .elevation)

  private func cloud(_ points: [(Float, Float, Float)]) -> PointCloud {
    var cloud = PointCloud()
    for (x, y, z) in points { cloud.append(x: x, y: y, z: z) }
    return cloud
  }

  @Test func pointZeroIsAPointLikeAnyOther() throws {
    let projection = try Projector.project(cloud([(1, -1, 0.1)]), geometry: geometry)
    #expect(projection.image.pointIndex == [-1, -1, 0, -1, -1, -1, -1, -1])
    #expect(projection.fates == [.visible])
    #expect(projection.report.fill == 0.125)
    #expect(projection.report.validityByRow == [0.25, 0])
  }

  @Test func theNearestPointWinsAndTheFirstOfEqualOnes() throws {
    let points = cloud([(2, 1, 0), (1, 0.5, 0), (1, 0.5, 0), (3, 1.5, 0)])
    let projection = try Projector.project(points, geometry: geometry)
    #expect(projection.fates == [.shadowed, .visible, .shadowed, .shadowed])
    #expect(projection.cellOfPoint == [5, 5, 5, 5])
  }

  @Test func nothingOutsideIsMovedIntoAnEdge() throws {
    let points = cloud([(1, 1, 1), (1, 1, -1), (-1, 0.1, 0), (30, 1, 0), (.nan, 0, 0), (0, 0, 0)])
    var window = geometry
    (window.left, window.right, window.maximumRange) = (90, -90, 20)
    let projection = try Projector.project(points, geometry: window)
    #expect(projection.image.pointIndex.allSatisfy { $0 == -1 })
    #expect(projection.fates == [.outside, .outside, .outside, .outside, .invalid, .invalid])
    let outside = projection.outside
    #expect(outside.beside == 1 && outside.beyond == 1 && outside.above == 1 && outside.below == 1)
  }

  @Test func theWholeTurnHasNoGapAtItsSeam() throws {
    let points = cloud([(-1, 0, 0), (-1, -0.0, 0), (-1, 1e-9, 0), (-1, -1e-9, 0)])
    let projection = try Projector.project(points, geometry: geometry)
    // Azimuth 180 and -180 are one edge, and belong to the column to its right.
    #expect(projection.cellOfPoint == [4, 4, 4, 7])
  }

  @Test func pclsOwnInterfaceFindsTheSameCells() throws {
    var dice = Dice(state: 6)
    let geometries = [
      ImageGeometry.paper, .rangeNet,
      ImageGeometry(
        rows: 8, columns: 30, left: 77, right: -33, top: 11, bottom: -23, rowRule: .elevation),
    ]
    for geometry in geometries {
      let sphere = Sphere(
        rows: geometry.rows, columns: geometry.columns, left: geometry.left, span: geometry.span,
        top: geometry.top, height: geometry.top - geometry.bottom, maximumRange: .infinity)
      var points = PointCloud()
      for _ in 0..<2000 {
        points.append(
          x: .random(in: -20...20, using: &dice), y: .random(in: -20...20, using: &dice),
          z: .random(in: -3...1, using: &dice))
      }
      let projection = try Projector.project(points, geometry: geometry)
      for (point, cell) in projection.cellOfPoint.enumerated() where cell >= 0 {
        let place = sphere.imagePoint(x: points.x[point], y: points.y[point], z: points.z[point])
        // Half a cell around the centre, and the rounding of PCL's single precision.
        #expect(abs(place.column - Float(cell % Int32(geometry.columns))) <= 0.5005)
        #expect(abs(place.row - Float(cell / Int32(geometry.columns))) <= 0.5005)
      }
    }
  }

  @Test(
    arguments: [
      (0, 4, 180.0, -180.0, 1.0, -1.0, nil), (4, 0, 180, -180, 1, -1, nil),
      (5000, 4, 180, -180, 1, -1, nil), (4, 4, 360, 0, 1, -1, nil), (4, 4, 180, -181, 1, -1, nil),
      (4, 4, 10, 10, 1, -1, nil), (4, 4, .nan, 0, 1, -1, nil), (4, 4, 10, -.infinity, 1, -1, nil),
      (4, 4, 10, 0, -1, -1, nil), (4, 4, 10, 0, .nan, -1, nil), (4, 4, 10, 0, 1, -1, 0.0),
      (4, 4, 10, 0, 1, -1, .nan),
    ] as [(Int, Int, Double, Double, Double, Double, Double?)])
  func anUnusableGeometryIsRefused(
    rows: Int, columns: Int, left: Double, right: Double, top: Double, bottom: Double,
    range: Double?
  ) {
    let geometry = ImageGeometry(
      rows: rows, columns: columns, left: left, right: right, top: top, bottom: bottom,
      rowRule: .elevation, maximumRange: range)
    let error = #expect(throws: RangeImagesError.self) {
      try Projector.project(PointCloud(), geometry: geometry)
    }
    #expect(error?.code == .invalidGeometry)
  }

  @Test func geometryAndReportSurviveJSON() throws {
    for geometry in [ImageGeometry.kittiFront, .kittiFull, .rangeNet, .paper] {
      let data = try JSONEncoder().encode(geometry)
      #expect(try JSONDecoder().decode(ImageGeometry.self, from: data) == geometry)
    }
    let report = try Projector.project(cloud([(1, 1, 0)]), geometry: geometry).report
    let data = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(ProjectionReport.self, from: data) == report)
  }
}
