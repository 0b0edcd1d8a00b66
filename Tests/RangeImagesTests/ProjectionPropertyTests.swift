import Foundation
import PCLBridge
import PointClouds
import RangeImages
import Testing

@Suite struct ProjectionPropertyTests {
  @Test(arguments: 0..<6)
  func theProjectionIsWhatThePlainStatementSays(part: UInt64) throws {
    var dice = Dice(state: part)
    for _ in 0..<20_000 {
      let (cloud, geometry) = (dice.cloud(), dice.geometry())
      let projection = try Projector.project(cloud, geometry: geometry)
      let plain = PlainProjection(cloud, geometry)
      #expect(projection.cellOfPoint == plain.cells)
      #expect(projection.fates == plain.fates)
      #expect(projection.image.pointIndex == plain.nearest)
    }
  }

  @Test func countsAddUpAndCellsHoldTheirPoints() throws {
    var dice = Dice(state: 77)
    for _ in 0..<20_000 {
      let (cloud, geometry) = (dice.cloud(), dice.geometry())
      let projection = try Projector.project(cloud, geometry: geometry)
      let (report, image) = (projection.report, projection.image)
      #expect(report.points == cloud.count)
      #expect(report.visible + report.shadowed + report.outside + report.invalid == cloud.count)
      let reasons = report.outsideByReason
      #expect(reasons.beside + reasons.beyond + reasons.above + reasons.below == report.outside)
      #expect(report.visible == image.pointIndex.count { $0 >= 0 })
      for cell in 0..<image.count {
        let point = Int(image.pointIndex[cell])
        let channels = [image.range, image.x, image.y, image.z, image.intensity].map { $0[cell] }
        #expect(
          channels
            == (point < 0
              ? [0, 0, 0, 0, 0]
              : [
                PlainProjection.range(point, cloud), cloud.x[point], cloud.y[point], cloud.z[point],
                cloud.intensity[point],
              ]))
      }
    }
  }

  @Test func turningTheCloudByColumnsShiftsTheImage() throws {
    var dice = Dice(state: 3)
    for _ in 0..<20_000 {
      let columns = Int.random(in: 2...64, using: &dice)
      let turn = Int.random(in: 0..<columns, using: &dice)
      let geometry = ImageGeometry(
        rows: 4, columns: columns, left: 180, right: -180, top: 40, bottom: -40, rowRule: .elevation
      )
      var (before, after) = (PointCloud(), PointCloud())
      for point in 0..<20 {
        let place = Double(Int.random(in: 0..<columns, using: &dice))
        let within = Double.random(in: 0.2...0.8, using: &dice)
        let elevation = (Double(Int.random(in: 0..<4, using: &dice)) * 20 - 30) * .pi / 180
        let range = Double(point + 1) * 0.5
        for (cloud, shift) in [(\Self.Pair.before, 0), (\Self.Pair.after, turn)] {
          let column = place + within + Double(shift)
          let azimuth = .pi - column * 2 * .pi / Double(columns)
          var pair = Pair(before: before, after: after)
          pair[keyPath: cloud].append(
            x: Float(range * cos(elevation) * cos(azimuth)),
            y: Float(range * cos(elevation) * sin(azimuth)), z: Float(range * sin(elevation)))
          (before, after) = (pair.before, pair.after)
        }
      }
      let (first, second) = (
        try Projector.project(before, geometry: geometry),
        try Projector.project(after, geometry: geometry)
      )
      let shifted = (0..<4 * columns).map { cell in
        let column = (cell % columns - turn + columns) % columns
        return first.image.pointIndex[cell / columns * columns + column]
      }
      #expect(second.image.pointIndex == shifted)
      #expect(second.fates == first.fates)
    }
  }

  private struct Pair {
    var before: PointCloud
    var after: PointCloud
  }

  @Test func carryingBackIsTheIdentityOnVisiblePoints() throws {
    var dice = Dice(state: 12)
    for _ in 0..<20_000 {
      let (cloud, geometry) = (dice.cloud(), dice.geometry())
      let projection = try Projector.project(cloud, geometry: geometry)
      let classes = cloud.x.indices.map { UInt8($0 % 200) }
      let image = projection.image.pointIndex.map { $0 < 0 ? 0 : classes[Int($0)] }
      let carried = LabelCarrier.nearestCell(image, through: projection)
      for point in classes.indices {
        switch projection.fates[point] {
        case .visible: #expect(carried[point] == classes[point])
        case .shadowed: #expect(carried[point] == image[Int(projection.cellOfPoint[point])])
        case .outside, .invalid: #expect(carried[point] == LabelCarrier.noLabel)
        }
      }
    }
  }

  @Test func labelsFollowTheirPointsIntoTheImage() throws {
    var dice = Dice(state: 31)
    for _ in 0..<20_000 {
      let (cloud, geometry) = (dice.cloud(), dice.geometry())
      let labels = cloud.x.indices.map { PointLabel(rawValue: UInt32($0) + 1) }
      let image = try Projector.project(cloud, labels: labels, geometry: geometry).image
      #expect(
        image.labels == image.pointIndex.map { $0 < 0 ? .unlabelled : labels[Int($0)] })
    }
  }

  @Test func equalAnglesOfManyPointsMatchLibmEverywhere() throws {
    // Points on and beside the edges of cells, where a fast arc tangent would err.
    for geometry in [ImageGeometry.rangeNet, .paper] {
      var cloud = PointCloud()
      var dice = Dice(state: 8)
      for column in 0..<20_000 {
        let azimuth = (180 - Double(column % 2048) * 360 / 2048) * .pi / 180
        let nudge = Double.random(in: -3e-7...3e-7, using: &dice)
        let range = Double.random(in: 1...80, using: &dice)
        let elevation =
          (geometry.top - Double(column % 64) * (geometry.top - geometry.bottom) / 64)
          * .pi / 180 + nudge
        cloud.append(
          x: Float(range * cos(azimuth + nudge)), y: Float(range * sin(azimuth + nudge)),
          z: Float(range * tan(elevation)))
      }
      let projection = try Projector.project(cloud, geometry: geometry)
      let plain = PlainProjection(cloud, geometry)
      #expect(zip(projection.cellOfPoint, plain.cells).count { $0 != $1 } <= 2)
    }
  }
}
