public import Datasets
import PointClouds

/// A sweep that was annotated, for the tracks that lead through it.
public struct AnnotatedStep {
  /// Its labels and objects.
  public var annotation: SweepAnnotation
  /// How long after the step before it is, in seconds.
  public var seconds: Double
  /// Where the sensor is; nothing where that is not known.
  public var pose: SensorPose?

  /// A step; see the properties.
  public init(_ annotation: SweepAnnotation, seconds: Double, pose: SensorPose? = nil) {
    (self.annotation, self.seconds, self.pose) = (annotation, seconds, pose)
  }
}

extension ObjectTracker {
  /// How many sweeps tell how objects move: what was longer ago says little more.
  public static let stepsToFollow = 5

  /// A tracker that has followed annotated sweeps, the last of which is the one before the next to be
  /// searched.
  ///
  /// What it knows comes from the annotations alone, so that it is the same after a break.
  public init(following steps: [AnnotatedStep], oneClick: OneClick = OneClick()) {
    self.init(oneClick: oneClick)
    for step in steps.suffix(Self.stepsToFollow) { follow(step) }
  }

  /// Objects that are not in a sweep are followed no more: they went, or an annotator removed them.
  private mutating func follow(_ step: AnnotatedStep) {
    let objects = step.annotation.objects
    for id in tracks.keys.sorted() where objects[id]?.box == nil { end(id) }
    let counts = step.annotation.pointCounts
    for id in objects.keys.sorted() {
      guard let object = objects[id], let box = object.box else { continue }
      take(object, box, pointCount: counts[id] ?? 0, seconds: step.seconds, pose: step.pose)
    }
  }

  private mutating func take(
    _ object: AnnotatedObject, _ box: OrientedBox, pointCount: Int, seconds: Double,
    pose: SensorPose?
  ) {
    let quality = OneClick.Quality(of: object, box, pointCount: pointCount)
    guard tracks[object.id]?.objectClass == object.objectClass else {
      end(object.id)
      return start(
        object.id, as: object.objectClass, box: box, pointCount: pointCount, quality: quality,
        pose: pose)
    }
    update(object.id) {
      $0.predict(seconds: seconds)
      $0.take(box, pointCount: pointCount, quality: quality, pose: pose ?? SensorPose())
    }
  }
}

extension SweepAnnotation {
  /// How many points each object has.
  public var pointCounts: [UInt16: Int] {
    var counts: [UInt16: Int] = [:]
    for label in labels where label.instance != 0 { counts[label.instance, default: 0] += 1 }
    return counts
  }
}

extension OneClick.Quality {
  /// How far the box of an annotated object can be trusted: a side that is just as long as is usual was
  /// completed, unless somebody said that it is right.
  fileprivate init?(of object: AnnotatedObject, _ box: OrientedBox, pointCount: Int) {
    guard object.state != .confirmed else { return nil }
    let usual = ObjectSize.of(object.objectClass).usual
    func isUsual(_ axis: Int) -> Bool { abs(box.size[axis] - usual[axis]) < 1e-6 }
    self.init(
      pointCount: pointCount, seen: SIMD2(box.size.x, box.size.y),
      isLengthGuessed: isUsual(0), isWidthGuessed: isUsual(1), reach: 0,
      isCut: false)
  }
}
