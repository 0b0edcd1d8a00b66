import Foundation

/// A Kalman filter of where an object is and how it moves.
///
/// Its velocity in the plane is constant, and its heading drifts. Positions are metres, velocities
/// metres a second. The noise is the same in all directions, so that x and y are filtered each on its own.
public struct MotionFilter: Equatable, Sendable {
  /// One axis: position and velocity with their covariance.
  private struct Axis: Equatable, Sendable {
    var position: Double
    var velocity: Double
    var positionVariance: Double
    var covariance = 0.0
    var velocityVariance: Double

    mutating func predict(_ seconds: Double, accelerationVariance: Double) {
      let t = seconds
      position += velocity * t
      positionVariance += 2 * covariance * t + velocityVariance * t * t
      covariance += velocityVariance * t
      // White acceleration (Bar-Shalom, Li and Kirubarajan, 2001, section 6.2).
      positionVariance += accelerationVariance * t * t * t * t / 4
      covariance += accelerationVariance * t * t * t / 2
      velocityVariance += accelerationVariance * t * t
    }

    mutating func correct(_ measured: Double, variance: Double) {
      let total = positionVariance + variance
      let (gain, velocityGain) = (positionVariance / total, covariance / total)
      let innovation = measured - position
      position += gain * innovation
      velocity += velocityGain * innovation
      velocityVariance -= velocityGain * covariance
      covariance *= 1 - gain
      positionVariance *= 1 - gain
    }
  }

  private var x: Axis
  private var y: Axis
  /// The heading in radians.
  public private(set) var heading: Double
  private var headingVariance: Double

  /// A filter that starts at a measured place.
  ///
  /// - Parameters:
  ///   - place: where the object is.
  ///   - deviation: how far that may be off.
  ///   - velocity: how it is thought to move.
  ///   - velocityDeviation: how far that may be off.
  ///   - heading: its heading, in radians.
  public init(
    place: SIMD2<Double>, deviation: Double, velocity: SIMD2<Double> = .zero,
    velocityDeviation: Double, heading: Double
  ) {
    func axis(_ position: Double, _ velocity: Double) -> Axis {
      Axis(
        position: position, velocity: velocity, positionVariance: deviation * deviation,
        velocityVariance: velocityDeviation * velocityDeviation)
    }
    (x, y) = (axis(place.x, velocity.x), axis(place.y, velocity.y))
    self.heading = heading
    headingVariance = 0.03
  }

  /// Where the object is thought to be.
  public var place: SIMD2<Double> { SIMD2(x.position, y.position) }
  /// How it is thought to move.
  public var velocity: SIMD2<Double> { SIMD2(x.velocity, y.velocity) }
  /// How far its place may be off: one deviation along each axis.
  public var deviation: Double { max(x.positionVariance, y.positionVariance).squareRoot() }
  /// How far its velocity may be off.
  public var velocityDeviation: Double { max(x.velocityVariance, y.velocityVariance).squareRoot() }

  /// Lets time pass.
  ///
  /// - Parameters:
  ///   - seconds: how much.
  ///   - acceleration: the deviation of its acceleration, in metres per square second.
  public mutating func predict(seconds: Double, acceleration: Double) {
    x.predict(seconds, accelerationVariance: acceleration * acceleration)
    y.predict(seconds, accelerationVariance: acceleration * acceleration)
    headingVariance += 0.09 * seconds
  }

  /// Takes a measured place and heading in; of the heading only the line counts.
  public mutating func correct(
    place: SIMD2<Double>, deviation: Double, heading measured: Double, headingDeviation: Double
  ) {
    x.correct(place.x, variance: deviation * deviation)
    y.correct(place.y, variance: deviation * deviation)
    let gain = headingVariance / (headingVariance + headingDeviation * headingDeviation)
    heading += gain * remainder(measured - heading, .pi)
    headingVariance *= 1 - gain
  }
}
