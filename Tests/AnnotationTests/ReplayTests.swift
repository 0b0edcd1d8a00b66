import Foundation
import PointClouds
import TestSupport
import Testing

@testable import Annotation

@Suite struct ReplayTests {
  private static func scene() -> SyntheticScene {
    var scene = SyntheticScene()
    // Taller than the sensor, so that no beam grazes a roof.
    scene.add(x: 12, y: 3, size: SIMD3(4.3, 1.8, 1.8), heading: 0.2)
    scene.add(x: -10, y: 5, size: SIMD3(4.3, 1.8, 1.8), heading: 1.2)
    scene.add(x: 9, y: -6, size: SIMD3(0.6, 0.6, 1.75))
    return scene
  }

  private static let classes: [ObjectClass] = [.car, .car, .person]

  private static func boxTruth(_ scene: SyntheticScene, _ cloud: PointCloud) -> SweepTruth {
    // As boxes are drawn: a little around the points.
    let boxes = scene.boxes.map { box in
      var box = box
      box.size += 0.04
      return box
    }
    return SweepTruth(boxes: zip(classes, boxes).map { ($0, $1, nil) }, of: cloud)
  }

  @Test func clearObjectsNeedOneClickAndThenNothing() throws {
    var replay = Replay(leastPoints: 20)
    for number in 0..<5 {
      let scene = Self.scene()
      let cloud = scene.scanned().cloud
      let sweep = replay.add(
        cloud, Self.boxTruth(scene, cloud), drive: "d", number: Double(number))
      #expect(sweep.objects.map(\.object.id) == [1, 2, 3])
    }
    let result = replay.result()
    #expect(result.scans == 5 && result.tracks.objects == 3)
    #expect(result.tracks.steps == 12 && result.tracks.lost + result.tracks.wrong == 0)
    let cars = try #require(result.oneClick.first { $0.objectClass == .car })
    #expect(cars.objects == 10 && cars.accepted == 10 && cars.effort.clicks == 10)
    #expect(cars.operationsPerObject == 1 && cars.pointIoU > 0.95)
    let followed = try #require(result.tracking.first { $0.objectClass == .car })
    #expect(followed.effort.total == 2)
    #expect(result.times.click?.count == 15 && result.times.open?.count == 5)
  }

  @Test func ofWhatWasLeftOutNothingIsSaid() {
    let scene = Self.scene()
    let cloud = scene.scanned().cloud
    let truth = Self.boxTruth(scene, cloud)
    var replay = Replay(leastPoints: 100_000)
    let sweep = replay.add(cloud, truth, drive: "d", number: 0)
    #expect(sweep.objects.isEmpty && replay.result().ignored.fewPoints == 3)
    for object in truth.objects {
      #expect(object.points.allSatisfy { !sweep.isKnown[$0] })
    }
    #expect(sweep.isKnown.count { !$0 } == truth.objects.reduce(0) { $0 + $1.points.count })
  }

  @Test func aGapInTheFramesEndsTheTracks() {
    var replay = Replay(leastPoints: 20)
    for number in [0.0, 1, 40, 41] {
      let scene = Self.scene()
      let cloud = scene.scanned().cloud
      _ = replay.add(cloud, Self.boxTruth(scene, cloud), drive: "d", number: number)
    }
    let result = replay.result()
    #expect(result.tracks.objects == 6 && result.tracks.steps == 6)
  }

  @Test func aWrongObjectCostsWhatItsCorrectionsCost() throws {
    let scene = Self.scene()
    let (cloud, owners) = scene.scanned()
    // The truth calls all three one object: no click makes that.
    let strange = owners.indices.filter { owners[$0] >= 0 }
    let truth = SweepTruth(
      labels: owners.indices.map {
        PointLabel(semantic: owners[$0] < 0 ? 99 : 10, instance: strange.contains($0) ? 5 : 0)
      }, of: cloud)
    #expect(truth.origin == .instances && truth.objects.count == 1)
    let annotator = IdealAnnotator(
      oneClick: OneClick(), sweep: OpenedSweep(cloud), truth: truth)
    let outcome = annotator.annotate(truth.objects[0])
    #expect(outcome.effort.clicks == 2 && outcome.effort.strokes >= 1)
    #expect(
      PointScore(given: outcome.points, own: annotator.standing(truth.objects[0])).overlap == 1)
  }

  @Test func labelsWithoutInstancesAreTakenApart() {
    let scene = Self.scene()
    let (cloud, owners) = scene.scanned()
    let truth = SweepTruth(
      labels: owners.map { PointLabel(semantic: $0 < 0 ? 0 : Self.classes[$0].semantic) },
      of: cloud)
    #expect(truth.origin == .derived && truth.objects.count == 3 && truth.mergedCount == 0)
    for object in truth.objects {
      #expect(Set(object.points.map { owners[$0] }).count == 1)
    }
    #expect(truth.isKnown == owners.map { $0 >= 0 })
  }

  @Test func objectsThatAreTooLargeAreCountedAndLeftOut() {
    var scene = SyntheticScene()
    scene.add(x: 12, y: 3)
    scene.add(x: 12, y: 5)
    let (cloud, owners) = scene.scanned()
    let truth = SweepTruth(
      labels: owners.map { PointLabel(semantic: $0 < 0 ? 99 : 10) }, of: cloud)
    #expect(truth.objects.isEmpty && truth.mergedCount == 1)
  }

  @Test func scoresOfPointsAreShares() {
    let score = PointScore(given: [1, 2, 3, 4], own: [3, 4, 5])
    #expect(score.overlap == 0.4 && score.precision == 0.5 && abs(score.recall - 2.0 / 3) < 1e-12)
    let none = PointScore(given: [], own: [])
    #expect(none.overlap == 0 && none.precision == 0 && none.recall == 0)
  }
}
