import Datasets
import Foundation

/// An object over several sweeps: how it moves, and how large it is.
public struct ObjectTrack: Equatable, Sendable {
  /// Its number in all sweeps.
  public let id: UInt16
  /// What it is.
  public let objectClass: ObjectClass
  /// Where it is and how it moves, in the fixed frame.
  public private(set) var motion: MotionFilter
  /// Its length, width and height in metres.
  public private(set) var size: SIMD3<Double>
  /// How many sweeps ago it was last found.
  public private(set) var missedSweeps = 0
  /// In how many sweeps it was found.
  public private(set) var foundSweeps = 1
  /// How many points it had when it was last found.
  private var pointCount: Int
  /// How much the length and the width are sure of, in sweeps.
  private var certainty: SIMD2<Double>

  /// A track of an object that is annotated in one sweep.
  ///
  /// - Parameters:
  ///   - id: its number.
  ///   - objectClass: what it is.
  ///   - box: its box in the sensor's frame.
  ///   - pointCount: how many points it has.
  ///   - quality: how the box was made; nothing where an annotator drew it.
  ///   - pose: where the sensor is.
  ///   - velocity: how objects move that are not known better, in the fixed frame.
  ///   - velocityDeviation: how far that may be off, in metres a second.
  init(
    id: UInt16, objectClass: ObjectClass, box: OrientedBox, pointCount: Int,
    quality: OneClick.Quality?, pose: SensorPose, velocity: SIMD2<Double>, velocityDeviation: Double
  ) {
    self.id = id
    self.objectClass = objectClass
    let place = pose.fixed(box.bottom)
    motion = MotionFilter(
      place: SIMD2(place.x, place.y), deviation: Self.deviation(quality), velocity: velocity,
      velocityDeviation: velocityDeviation, heading: box.heading + pose.heading)
    size = box.size
    self.pointCount = pointCount
    certainty = SIMD2(
      quality?.isLengthGuessed ?? false ? 0.5 : 2, quality?.isWidthGuessed ?? false ? 0.5 : 2)
  }

  /// How far a box's middle may be off, in metres.
  private static func deviation(_ quality: OneClick.Quality?) -> Double {
    guard let quality else { return 0.1 }
    return 0.12 + (quality.isLengthGuessed ? 0.15 : 0) + (quality.pointCount < 40 ? 0.1 : 0)
  }

  /// Lets time pass.
  mutating func predict(seconds: Double) {
    // Braking hard is 8 m/s^2, and a walker turns within a step.
    let acceleration: Double =
      switch objectClass {
      case .car, .truck, .tram, .otherVehicle: 3
      case .person, .cyclist: 2
      }
    motion.predict(seconds: seconds, acceleration: acceleration)
    missedSweeps += 1
  }

  /// The box where the object is thought to be, in the frame of a sensor over its ground.
  func box(seenFrom pose: SensorPose, on ground: GroundSurface) -> OrientedBox {
    // The height in the fixed frame does not matter: the box is put on the ground.
    let level = pose.origin.z
    let own = pose.own(SIMD3(motion.place.x, motion.place.y, level))
    let bottom = Double(ground.height(x: Float(own.x), y: Float(own.y)))
    return OrientedBox(
      bottom: SIMD3(own.x, own.y, bottom), size: size, heading: motion.heading - pose.heading)
  }

  /// How like so many points are to what the object had, 0...1: from one sweep to the next their
  /// number changes little.
  func likeness(ofCount count: Int) -> Double {
    Double(min(count, pointCount)) / Double(max(count, pointCount, 1))
  }

  /// Takes in where the object was found.
  ///
  /// - Returns: its box with the track's size.
  mutating func correct(
    _ proposal: OneClick.Proposal, seenFrom pose: SensorPose
  ) -> OrientedBox {
    fuse(proposal)
    let box = proposal.box.resized(
      to: size, keeping: proposal.box.cornerNearestToSensor)
    let place = pose.fixed(box.bottom)
    motion.correct(
      place: SIMD2(place.x, place.y), deviation: Self.deviation(proposal.quality),
      heading: box.heading + pose.heading,
      headingDeviation: proposal.quality.pointCount < 40 ? 0.2 : 0.06)
    missedSweeps = 0
    foundSweeps += 1
    pointCount = proposal.points.count
    return box
  }

  /// Takes in where an annotator left the object, and how large.
  mutating func take(
    _ box: OrientedBox, pointCount: Int, quality: OneClick.Quality?, pose: SensorPose
  ) {
    let place = pose.fixed(box.bottom)
    motion.correct(
      place: SIMD2(place.x, place.y), deviation: Self.deviation(quality),
      heading: box.heading + pose.heading, headingDeviation: 0.06)
    size = box.size
    certainty = SIMD2(
      quality?.isLengthGuessed ?? false ? certainty.x : max(certainty.x, 2),
      quality?.isWidthGuessed ?? false ? certainty.y : max(certainty.y, 2))
    missedSweeps = 0
    foundSweeps += 1
    self.pointCount = pointCount
  }

  /// The size is the mean of what was seen whole; more than that is never seen, except by mistake.
  private mutating func fuse(_ proposal: OneClick.Proposal) {
    let quality = proposal.quality
    let large = ObjectSize.of(objectClass).largest
    let guessed = [quality.isLengthGuessed, quality.isWidthGuessed]
    for axis in 0..<2 {
      let seen = min(quality.seen[axis], large[axis])
      let isNews = !guessed[axis] && !quality.isCut
      guard isNews || seen > size[axis] else { continue }
      let weight = isNews ? 1.0 : 0.5
      size[axis] = (size[axis] * certainty[axis] + seen * weight) / (certainty[axis] + weight)
      certainty[axis] = min(certainty[axis] + weight, 10)
    }
    size.z += (proposal.box.size.z - size.z) * (proposal.box.size.z > size.z ? 0.3 : 0.1)
  }
}

extension OrientedBox {
  /// Which of its corners the sensor at the origin is nearest to: -1 or 1 along the length and the
  /// width, or 0 where the sensor is between both.
  var cornerNearestToSensor: SIMD2<Double> {
    let sensor = own(.zero)
    func side(_ place: Double, _ half: Double) -> Double {
      abs(place) < half ? 0 : place > 0 ? 1 : -1
    }
    return SIMD2(side(sensor.x, size.x / 2), side(sensor.y, size.y / 2))
  }
}
