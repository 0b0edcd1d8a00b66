import Datasets
import Foundation
import PointClouds
import TestSupport
import Testing

@testable import Annotation

@Suite struct TrackingTests {
  @Test func aFilterLearnsAVelocityAndForgetsNoise() {
    var filter = MotionFilter(
      place: .zero, deviation: 0.2, velocityDeviation: 10, heading: 0.1)
    for step in 1...40 {
      let time = Double(step) * 0.1
      filter.predict(seconds: 0.1, acceleration: 1)
      let noise = SIMD2(sin(Double(step * 7)), cos(Double(step * 11))) * 0.1
      filter.correct(
        place: SIMD2(8 * time, -3 * time) + noise, deviation: 0.2, heading: 0.3 + .pi,
        headingDeviation: 0.1)
    }
    let error = filter.velocity - SIMD2(8, -3)
    #expect((error * error).sum().squareRoot() < 0.4, "\(filter.velocity)")
    #expect(filter.deviation < 0.2 && filter.velocityDeviation < 1)
    // The heading keeps its sense and learns the line.
    #expect(abs(filter.heading - 0.3) < 0.05)
  }

  @Test func withoutMeasurementsAFilterGrowsUnsure() {
    var filter = MotionFilter(
      place: .zero, deviation: 0.1, velocity: SIMD2(5, 0), velocityDeviation: 1, heading: 0)
    var last = filter.deviation
    for _ in 0..<10 {
      filter.predict(seconds: 0.1, acceleration: 2)
      #expect(filter.deviation > last)
      last = filter.deviation
    }
    #expect(abs(filter.place.x - 5) < 1e-9)
  }

  /// Two cars that drive past each other and one that stands, seen from a sensor that drives.
  private static func sweep(_ step: Int, speed: Double) -> (
    OpenedSweep, [OrientedBox], SensorPose
  ) {
    let time = Double(step) * 0.1
    let origin = SIMD3(speed * time, 0, 0)
    let pose = SensorPose(origin: origin)
    var scene = SyntheticScene()
    scene.add(x: 12 + 6 * time - origin.x, y: 3.5)
    scene.add(x: 30 - 9 * time - origin.x, y: -3.5, heading: .pi)
    scene.add(x: 20 - origin.x, y: 8, size: SIMD3(4.6, 1.9, 1.6), heading: 0.2)
    return (OpenedSweep(scene.scanned().cloud), scene.boxes, pose)
  }

  private static func count(_ box: OrientedBox, _ sweep: OpenedSweep) -> Int {
    sweep.points(in: box, margin: 0.05, withGround: false).count
  }

  @Test(arguments: [(0.0, true), (0.0, false), (8.0, true), (8.0, false)])
  func carsAreFollowed(_ speed: Double, _ knowsPoses: Bool) {
    var tracker = ObjectTracker()
    for step in 0..<12 {
      let (sweep, boxes, pose) = Self.sweep(step, speed: speed)
      let known = knowsPoses ? pose : nil
      guard step > 0 else {
        for (number, box) in boxes.enumerated() {
          tracker.start(
            UInt16(number + 1), as: .car, box: box, pointCount: Self.count(box, sweep),
            quality: nil,
            pose: known)
        }
        continue
      }
      let found = tracker.advance(to: sweep, seconds: 0.1, pose: known)
      for (number, box) in boxes.enumerated() {
        let overlap = found[UInt16(number + 1)]?.box.overlapFromAbove(box) ?? 0
        #expect(overlap > 0.8, "step \(step), car \(number): \(overlap)")
      }
    }
    if knowsPoses {
      let velocity = tracker.tracks[2]?.motion.velocity ?? .zero
      #expect(abs(velocity.x + 9) < 1 && abs(velocity.y) < 0.7, "\(velocity)")
    }
  }

  @Test func aCarBehindAnotherKeepsItsSizeAndComesBack() throws {
    var tracker = ObjectTracker()
    for step in 0..<14 {
      var scene = SyntheticScene()
      let truth = scene.add(x: 20, y: 2, size: SIMD3(4.8, 1.9, 1.5), heading: .pi / 2)
      // A tall truck drives in between and on.
      scene.add(x: 10, y: -5 + Double(step), size: SIMD3(5, 2.2, 3), heading: .pi / 2)
      let sweep = OpenedSweep(scene.scanned().cloud)
      guard step > 0 else {
        tracker.start(1, as: .car, box: truth, pointCount: Self.count(truth, sweep), quality: nil)
        continue
      }
      let found = tracker.advance(to: sweep, seconds: 0.1)
      if let box = found[1]?.box {
        #expect(abs(box.size.x - 4.8) < 0.3, "step \(step): \(box.size)")
      }
      if step == 13 {
        #expect(try #require(found[1]).box.overlapFromAbove(truth) > 0.7)
      }
    }
  }

  @Test func whatIsGoneIsNotFound() {
    var tracker = ObjectTracker()
    var scene = SyntheticScene()
    let box = scene.add(x: 15, y: 0)
    tracker.start(1, as: .car, box: box, pointCount: 300, quality: nil)
    let empty = OpenedSweep(SyntheticScene().scanned().cloud)
    #expect(tracker.advance(to: empty, seconds: 0.1).isEmpty)
    #expect(tracker.tracks[1]?.missedSweeps == 1)
  }

  @Test func twoObjectsNeverShareTheirPoints() {
    var tracker = ObjectTracker()
    var scene = SyntheticScene()
    let box = scene.add(x: 15, y: 0)
    tracker.start(1, as: .car, box: box, pointCount: 300, quality: nil)
    tracker.start(2, as: .car, box: box, pointCount: 300, quality: nil)
    let sweep = OpenedSweep(scene.scanned().cloud)
    #expect(tracker.advance(to: sweep, seconds: 0.1).count == 1)
  }

  /// What an annotator left of a sweep's cars, without points.
  private static func step(_ step: Int, speed: Double, knowsPoses: Bool) -> AnnotatedStep {
    let (_, boxes, pose) = sweep(step, speed: speed)
    var annotation = SweepAnnotation(labels: [])
    for (number, box) in boxes.enumerated() {
      let id = UInt16(number + 1)
      annotation.objects[id] = AnnotatedObject(
        id: id, objectClass: .car, box: box, state: .confirmed)
    }
    return AnnotatedStep(
      annotation, seconds: step == 0 ? 0 : 0.1, pose: knowsPoses ? pose : nil)
  }

  @Test(arguments: [(0.0, true), (0.0, false), (8.0, true), (8.0, false)])
  func annotatedSweepsTellWhereObjectsWillBe(_ speed: Double, _ knowsPoses: Bool) throws {
    let steps = (0..<5).map { Self.step($0, speed: speed, knowsPoses: knowsPoses) }
    var tracker = ObjectTracker(following: steps)
    #expect(tracker.tracks.count == 3)
    let (sweep, boxes, pose) = Self.sweep(5, speed: speed)
    let found = tracker.advance(to: sweep, seconds: 0.1, pose: knowsPoses ? pose : nil)
    for (number, box) in boxes.enumerated() {
      let place = try #require(found[UInt16(number + 1)])
      #expect(place.box.overlapFromAbove(box) > 0.7, "\(number)")
      // The size is the one that the annotator left.
      #expect(abs(place.box.size.x - box.size.x) < 0.3)
    }
  }

  @Test func whatIsNotInTheLastSweepIsFollowedNoMore() {
    var steps = (0..<4).map { Self.step($0, speed: 0, knowsPoses: true) }
    steps[3].annotation.objects[2] = nil
    steps[3].annotation.objects[3]?.objectClass = .truck
    let tracker = ObjectTracker(following: steps)
    #expect(tracker.tracks.keys.sorted() == [1, 3])
    #expect(tracker.tracks[3]?.objectClass == .truck && tracker.tracks[3]?.foundSweeps == 1)
    #expect(tracker.tracks[1]?.foundSweeps == 4)
    #expect(ObjectTracker(following: []).tracks.isEmpty)
  }
}
