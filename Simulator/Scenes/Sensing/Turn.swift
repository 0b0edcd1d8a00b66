import Foundation
import Sensors

/// One turn of a sensor: which way each pulse goes, when, and from where.
///
/// Pulses are counted beam by beam from the highest, and within a beam by azimuth from 0 to 360
/// degrees: the order in which KITTI stores points. The sensor turns to the right and passes its
/// rear at the start and the end of the turn.
struct Turn {
  /// Pulses of a beam.
  let count: Int
  private let usesOffsets: Bool
  private let pulses: [(pulse: Double, reading: Double)]
  private let directions: [(sine: Float, cosine: Float)]
  private let readings: [(sine: Float, cosine: Float)]
  /// Where the sensor is when it fires, for each firing.
  let poses: [Placement]
  /// Where the sensor is in the middle of the turn.
  let middle: Placement
  private let firstFiring: [Int]
  private let azimuthOffsets: [Double]
  /// Where each beam's line starts, in metres to the left of the axis and above the origin.
  private let starts: [(beside: Float, above: Float)]
  private let slopes: [(sine: Float, cosine: Float)]
  private let offsets: [(sine: Float, cosine: Float)]

  /// A turn of a sensor; `pose` tells where it is, at a time in seconds from the start of the turn.
  init(
    of sensor: SensorTable, pattern: FiringPattern, physics: SensorPhysics, phase: Double,
    period: Double, pose: (Double) -> Placement
  ) {
    count = pattern.count
    usesOffsets = physics.beamOffsets
    let pulses = pattern.azimuths(phase: phase, isQuantised: physics.azimuthQuantisation)
    self.pulses = pulses
    directions = pulses.map { Self.sineAndCosine($0.pulse) }
    readings = pulses.map { Self.sineAndCosine($0.reading) }
    let middle = pose(period / 2)
    self.middle = middle
    poses = pulses.map {
      physics.motionDistortion ? pose(Self.time(atAzimuth: $0.pulse, period: period)) : middle
    }
    azimuthOffsets = sensor.beams.map(\.azimuthOffset)
    starts = sensor.beams.map { (Float($0.horizontalOffset), Float($0.verticalOffset)) }
    slopes = sensor.beams.map { Self.sineAndCosine($0.elevation) }
    offsets = sensor.beams.map { Self.sineAndCosine($0.azimuthOffset) }
    firstFiring = sensor.beams.map { beam in
      Self.firstFiring(pulses, offset: beam.azimuthOffset, step: pattern.step)
    }
  }

  /// Seconds from the start of the turn until the sensor faces an azimuth in degrees.
  static func time(atAzimuth azimuth: Double, period: Double) -> Double {
    let turned = (180 - azimuth).truncatingRemainder(dividingBy: 360)
    return (turned < 0 ? turned + 360 : turned) / 360 * period
  }

  /// Seconds from the start of the turn until a firing.
  func time(of firing: Int, period: Double) -> Double {
    Self.time(atAzimuth: pulses[firing].pulse, period: period)
  }

  private static func sineAndCosine(_ degrees: Double) -> (sine: Float, cosine: Float) {
    (Float(sin(degrees * .pi / 180)), Float(cos(degrees * .pi / 180)))
  }

  /// The firing at which a beam has the smallest azimuth from 0.
  private static func firstFiring(
    _ pulses: [(pulse: Double, reading: Double)], offset: Double, step: Double
  ) -> Int {
    func azimuth(_ firing: Int) -> Double {
      let azimuth = (pulses[firing].reading + offset).truncatingRemainder(dividingBy: 360)
      return azimuth < 0 ? azimuth + 360 : azimuth
    }
    let count = pulses.count
    let turned = (-offset).truncatingRemainder(dividingBy: 360)
    let guess = Int((turned < 0 ? turned + 360 : turned) / step)
    // The reading may be a unit behind the pulse, and the turn is no whole number of steps.
    var best = guess % count
    for firing in max(0, guess - 3)...guess + 3
    where azimuth(firing % count) < azimuth(best) {
      best = firing % count
    }
    return best
  }

  /// The firing of a beam's pulse.
  @inline(__always)
  func firing(beam: Int, pulse: Int) -> Int {
    let firing = firstFiring[beam] + pulse
    return firing < count ? firing : firing - count
  }

  /// Where a pulse starts and which way it goes, in the sensor's frame.
  ///
  /// `pointing` is by how much it misses to the left and upward, in radians.
  @inline(__always)
  func aim(
    beam: Int, firing: Int, pointing: (left: Float, up: Float)
  ) -> (origin: Vector, direction: Vector) {
    let (origin, direction, left) = line(beam: beam, at: directions[firing])
    let up = direction.cross(left)
    return (origin, direction + left * pointing.left + up * pointing.up)
  }

  /// Where the sensor says that a pulse returned from, in its frame.
  @inline(__always)
  func report(beam: Int, firing: Int, range: Float) -> Vector {
    let (origin, direction, _) = line(beam: beam, at: readings[firing])
    return origin + direction * range
  }

  /// The azimuth of a pulse, in degrees from 0 to below 360.
  func azimuth(beam: Int, firing: Int) -> Double {
    // Offsets are at most half a turn.
    let azimuth = pulses[firing].pulse + azimuthOffsets[beam]
    return azimuth < 0 ? azimuth + 360 : azimuth >= 360 ? azimuth - 360 : azimuth
  }

  @inline(__always)
  private func line(
    beam: Int, at azimuth: (sine: Float, cosine: Float)
  ) -> (origin: Vector, direction: Vector, left: Vector) {
    let (slope, offset) = (slopes[beam], offsets[beam])
    let cosine = azimuth.cosine * offset.cosine - azimuth.sine * offset.sine
    let sine = azimuth.sine * offset.cosine + azimuth.cosine * offset.sine
    let left = Vector(-sine, cosine, 0)
    let direction = Vector(slope.cosine * cosine, slope.cosine * sine, slope.sine)
    guard usesOffsets else { return (.zero, direction, left) }
    let start = starts[beam]
    let origin = left * start.beside + Vector(0, 0, start.above)
    return (origin, direction, left)
  }
}
