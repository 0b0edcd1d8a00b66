import Foundation
import PointClouds
import RangeImages
import Testing

@Suite struct LabelCarrierTests {
  /// The plain statement of the vote: all distances sorted, ties in the order of the window.
  private func plainVote(
    _ point: Int, _ projection: Projection, _ cloud: PointCloud, _ labels: [UInt8],
    _ vote: NeighbourVote
  ) -> UInt8 {
    let (rows, columns) = (projection.image.rows, projection.image.columns)
    let cell = Int(projection.cellOfPoint[point])
    let range = PlainProjection.range(point, cloud)
    let half = vote.window / 2
    let offsets = (-half...half).flatMap { row in (-half...half).map { (row, $0) } }
    let gaussian = offsets.map {
      exp(-Double($0.0 * $0.0 + $0.1 * $0.1) / (2 * vote.sigma * vote.sigma))
    }
    let sum = gaussian.reduce(0, +)
    var voters: [(distance: Float, label: UInt8)] = []
    for (offset, weight) in zip(offsets, gaussian) {
      let row = cell / columns + offset.0
      var column = cell % columns + offset.1
      if vote.wraps, projection.geometry.isFullSweep { column = (column + columns) % columns }
      let isInside = row >= 0 && row < rows && column >= 0 && column < columns
      guard isInside || vote.padsWithZeros else { continue }
      let neighbour = isInside ? row * columns + column : -1
      let isEmpty = isInside && projection.image.pointIndex[neighbour] < 0
      let there = neighbour == cell ? range : isInside ? projection.image.range[neighbour] : 0
      let distance = isEmpty ? .infinity : abs(there - range) * Float(1 - weight / sum)
      voters.append((distance, isInside ? labels[neighbour] : 0))
    }
    let nearest = voters.enumerated().sorted {
      ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset)
    }.prefix(vote.count).map(\.element).filter { $0.distance <= Float(vote.cutoff) }
    var votes = [Int](repeating: 0, count: 256)
    for voter in nearest where vote.classes.contains(voter.label) { votes[Int(voter.label)] += 1 }
    let most = votes.max() ?? 0
    if most == 0 { return vote.padsWithZeros ? vote.classes.lowerBound : labels[cell] }
    return UInt8(votes.firstIndex(of: most) ?? 0)
  }

  @Test(arguments: 0..<4)
  func theVoteIsWhatThePlainStatementSays(part: UInt64) throws {
    var dice = Dice(state: 100 + part)
    let votes = [
      NeighbourVote(), NeighbourVote(wraps: false), .rangeNet(classCount: 4),
      NeighbourVote(count: 3, window: 3, sigma: 0.5, cutoff: 3, classes: 1...3),
    ]
    for _ in 0..<500 {
      var geometry = dice.geometry()
      (geometry.rows, geometry.columns) = (6, 16)
      var cloud = dice.cloud()
      for _ in 0..<60 {
        cloud.append(
          x: .random(in: -9...9, using: &dice), y: .random(in: -9...9, using: &dice),
          z: .random(in: -3...5, using: &dice))
      }
      let projection = try Projector.project(cloud, geometry: geometry)
      let labels = projection.image.pointIndex.map { _ in UInt8.random(in: 0...3, using: &dice) }
      for vote in votes {
        let carried = LabelCarrier.voted(labels, through: projection, of: cloud, by: vote)
        for point in carried.indices {
          let expected =
            projection.cellOfPoint[point] < 0
            ? LabelCarrier.noLabel : plainVote(point, projection, cloud, labels, vote)
          #expect(carried[point] == expected)
        }
      }
    }
  }

  @Test func theNumberOfThreadsChangesNothing() throws {
    var dice = Dice(state: 55)
    var cloud = PointCloud()
    for _ in 0..<30_000 {
      cloud.append(
        x: .random(in: -30...30, using: &dice), y: .random(in: -30...30, using: &dice),
        z: .random(in: -3...1, using: &dice))
    }
    let projection = try Projector.project(cloud, geometry: .rangeNet)
    let labels = (0..<projection.image.count).map { UInt8($0 / 7 % 4) }
    let one = LabelCarrier.voted(labels, through: projection, of: cloud, threads: 1)
    for threads in [2, 3, 64] {
      #expect(LabelCarrier.voted(labels, through: projection, of: cloud, threads: threads) == one)
    }
  }

  @Test func anImageOfOneClassGivesEveryPointThatClass() throws {
    var dice = Dice(state: 41)
    for _ in 0..<1000 {
      let (cloud, geometry) = (dice.cloud(), dice.geometry())
      let projection = try Projector.project(cloud, geometry: geometry)
      let labels = [UInt8](repeating: 2, count: projection.image.count)
      let carried = LabelCarrier.voted(labels, through: projection, of: cloud)
      #expect(carried == LabelCarrier.nearestCell(labels, through: projection))
    }
  }

  @Test func emptyCellsHaveNoVoice() throws {
    var cloud = PointCloud()
    cloud.append(x: 5, y: 0.5, z: 0)
    let projection = try Projector.project(cloud, geometry: .rangeNet)
    var labels = [UInt8](repeating: 1, count: projection.image.count)
    labels[Int(projection.cellOfPoint[0])] = 3
    #expect(LabelCarrier.voted(labels, through: projection, of: cloud) == [3])
  }

  @Test func aPointBehindItsCellsTakesTheLabelOfNeighboursAsFarAway() throws {
    // A pole in front of a wall: the wall's shadowed point is the wall's.
    let geometry = ImageGeometry(
      rows: 3, columns: 360, left: 180, right: -180, top: 3, bottom: -3, rowRule: .elevation)
    var cloud = PointCloud()
    for step in -4...4 {
      for z in [-2, 0, 2] {
        let azimuth = (Double(step) - 0.5) * .pi / 180
        let elevation = Double(z) * .pi / 180
        let range = 20.0
        cloud.append(
          x: Float(range * cos(elevation) * cos(azimuth)),
          y: Float(range * cos(elevation) * sin(azimuth)), z: Float(range * sin(elevation)))
        if step == 0, z == 0 {
          cloud.append(x: 5 * Float(cos(azimuth)), y: 5 * Float(sin(azimuth)), z: 0)
        }
      }
    }
    let projection = try Projector.project(cloud, geometry: geometry)
    let pole = try #require(cloud.x.firstIndex { $0 < 6 })
    #expect(projection.fates[pole] == .visible && projection.fates[pole - 1] == .shadowed)
    let labels = projection.image.range.map { UInt8($0 > 0 && $0 < 6 ? 2 : 1) }
    let carried = LabelCarrier.voted(labels, through: projection, of: cloud)
    #expect(LabelCarrier.nearestCell(labels, through: projection)[pole - 1] == 2)
    #expect(carried[pole - 1] == 1)
    #expect(carried[pole] == 2)
  }
}
