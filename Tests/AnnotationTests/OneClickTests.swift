import Annotation
import Foundation
import PointClouds
import Randomness
import TestSupport
import Testing

@Suite struct OneClickTests {
  /// The points of a box in a scan that stand on its ground.
  private static func standing(_ owners: [Int], _ number: Int, _ sweep: OpenedSweep) -> [Int] {
    owners.indices.filter { owners[$0] == number && !sweep.isGround($0) }
  }

  private static func share(_ one: [Int], _ other: [Int]) -> Double {
    let (a, b) = (Set(one), Set(other))
    return Double(a.intersection(b).count) / Double(max(1, a.union(b).count))
  }

  private static let slopes: [SIMD2<Double>] = [.zero, SIMD2(0.08, 0), SIMD2(-0.05, 0.06)]

  @Test(arguments: slopes)
  func groundIsFoundOnSlopes(_ slope: SIMD2<Double>) {
    var scene = SyntheticScene(slope: slope)
    scene.add(x: 9, y: 3)
    scene.add(x: -14, y: 6, heading: 1)
    let (cloud, owners) = scene.scanned()
    let sweep = OpenedSweep(cloud)
    for (x, y) in [(5.0, 0.0), (20, 5), (-15, -12), (30, -20), (9, 3)] {
      let found = Double(sweep.ground.height(x: Float(x), y: Float(y)))
      #expect(abs(found - scene.ground(x, y)) < 0.13, "\(x), \(y): \(found)")
    }
    let ground = owners.indices.filter { owners[$0] < 0 }
    let right = ground.count { sweep.isGround($0) }
    #expect(Double(right) / Double(ground.count) > 0.99)
  }

  @Test(arguments: [0.0, 0.4, 1.2, 2.5], slopes)
  func oneClickFindsACarOnASlope(_ heading: Double, _ slope: SIMD2<Double>) throws {
    var scene = SyntheticScene(slope: slope)
    let truth = scene.add(x: 11, y: 5, heading: heading)
    let (cloud, owners) = scene.scanned()
    let sweep = OpenedSweep(cloud)
    let points = Self.standing(owners, 0, sweep)
    let found = try #require(
      OneClick().proposal(atPoint: points[points.count / 2], as: .car, in: sweep))
    #expect(found.box.overlapFromAbove(truth) > 0.8, "\(found.box) for \(truth)")
    #expect(Self.share(found.points, points) > 0.95)
    // The true box stands on the ground of its middle, and not on a slope.
    #expect(abs(found.box.size.z - truth.size.z) < 0.35)
  }

  @Test func whatStandsBesideACarIsNoneOfIt() throws {
    var scene = SyntheticScene()
    let truth = scene.add(x: 12, y: 0, heading: 0.1)
    scene.add(x: 12, y: 2.6, size: SIMD3(4.3, 1.8, 1.5), heading: 0.1)
    scene.add(x: 11, y: -1.6, size: SIMD3(0.5, 0.5, 1.7))
    let (cloud, owners) = scene.scanned()
    let sweep = OpenedSweep(cloud)
    let points = Self.standing(owners, 0, sweep)
    let found = try #require(
      OneClick().proposal(atPoint: points[points.count / 2], as: .car, in: sweep))
    #expect(Self.share(found.points, points) > 0.9)
    #expect(found.box.overlapFromAbove(truth) > 0.7, "\(found.box)")
  }

  @Test func aCarSeenFromBehindGetsTheUsualLengthAwayFromTheSensor() throws {
    var scene = SyntheticScene()
    // As tall as the sensor: its roof is not seen.
    let truth = scene.add(x: 20, y: 0, size: SIMD3(4.4, 1.8, 1.75))
    let (cloud, owners) = scene.scanned()
    let sweep = OpenedSweep(cloud)
    let points = Self.standing(owners, 0, sweep)
    let found = try #require(OneClick().proposal(atPoint: points[0], as: .car, in: sweep))
    #expect(found.quality.isLengthGuessed && found.quality.seen.x < 1)
    #expect(found.box.overlapFromAbove(truth) > 0.9, "\(found.box)")
  }

  @Test func aKnownSizeAndHeadingCompleteABox() throws {
    var scene = SyntheticScene()
    let truth = scene.add(x: 20, y: 0, size: SIMD3(5.6, 2.0, 1.75), heading: 0)
    let (cloud, owners) = scene.scanned()
    let sweep = OpenedSweep(cloud)
    let knowledge = OneClick.Knowledge(
      size: SIMD2(5.6, 2.0), heading: .pi, headingTolerance: 0.3)
    let points = Self.standing(owners, 0, sweep)
    let found = try #require(
      OneClick().proposal(
        at: sweep.position(points[0]), as: .car, in: sweep, knowing: knowledge))
    #expect(found.box.overlapFromAbove(truth) > 0.95, "\(found.box)")
    #expect(cos(found.box.heading) < -0.9)
  }

  @Test func theOrderOfPointsDoesNotMatter() throws {
    var scene = SyntheticScene()
    scene.add(x: 12, y: 2, heading: 0.4)
    scene.add(x: 12, y: 5, heading: 0.4)
    let (cloud, owners) = scene.scanned()
    var order = Array(0..<cloud.count)
    var stream = RandomStream(key: RandomKey(seed: 2))
    for index in order.indices.dropLast() {
      order.swapAt(index, stream.integer(index...order.count - 1))
    }
    let shuffled = PointCloud(
      x: order.map { cloud.x[$0] }, y: order.map { cloud.y[$0] }, z: order.map { cloud.z[$0] },
      intensity: order.map { cloud.intensity[$0] })
    let click = try #require(owners.indices.first { owners[$0] == 0 && cloud.z[$0] > -1 })
    let place = SIMD3(Double(cloud.x[click]), Double(cloud.y[click]), Double(cloud.z[click]))
    let (one, other) = (
      try #require(OneClick().proposal(at: place, as: .car, in: OpenedSweep(cloud))),
      try #require(OneClick().proposal(at: place, as: .car, in: OpenedSweep(shuffled)))
    )
    #expect(one.points == other.points.map { order[$0] }.sorted())
    #expect(one.box.overlap(other.box) > 0.999)
  }

  @Test func whereNothingStandsThereIsNoObject() {
    let (cloud, _) = SyntheticScene().scanned()
    let sweep = OpenedSweep(cloud)
    #expect(OneClick().proposal(at: SIMD3(10, 0, -1.7), as: .car, in: sweep) == nil)
    let nowhere = SIMD3(Double.nan, 0, 0)
    #expect(OneClick().proposal(at: nowhere, as: .car, in: sweep) == nil)
    #expect(OneClick().proposal(at: SIMD3(1e9, 0, 0), as: .car, in: sweep) == nil)
  }

  @Test func sweepsOfNothingOrOfPointsWithoutPositionAreOpened() {
    let empty = OpenedSweep(PointCloud())
    #expect(OneClick().proposal(at: .zero, as: .person, in: empty) == nil)
    let broken = OpenedSweep(
      PointCloud(
        x: [.nan, 0, .infinity, 3], y: [0, 0, 1, 3], z: [1, 0, 2, .nan],
        intensity: [0, 0, 0, 0]))
    #expect((0..<4).allSatisfy(broken.isGround))
  }
}
