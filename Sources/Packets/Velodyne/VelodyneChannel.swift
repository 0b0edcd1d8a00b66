import Foundation

/// What turns one value of a block into a point.
struct VelodyneChannel: Sendable {
  /// Nanoseconds from the packet's time to its firing.
  let delay: Int64
  /// How much of the way to the next firing's azimuth the sensor has turned by then.
  let turned: Float
  /// What the laser's own angle takes from the azimuth, in hundredths of a degree.
  let correction: Float
  let cosine: Float
  let sine: Float
  let verticalOffset: Float
  let horizontalOffset: Float
  let distanceCorrection: Float
  let ring: UInt8

  init(_ model: VelodyneModel, _ calibration: VelodyneCalibration, bank: Int, channel: Int) {
    let firing = model.firing(bank: bank, channel: channel)
    let laser = calibration.lasers[firing.laser]
    let elevation = laser.elevation * .pi / 180
    delay = firing.delay
    // A packet's time may be a later laser's than the first; its azimuth is the first's.
    let first = model.firing(bank: 0, channel: 0).delay
    turned = Float(firing.delay - first) / Float(model.firingInterval)
    correction = Float(laser.rotationalCorrection * 100)
    cosine = Float(cos(elevation))
    sine = Float(sin(elevation))
    verticalOffset = Float(laser.verticalOffset)
    horizontalOffset = Float(laser.horizontalOffset)
    distanceCorrection = Float(laser.distanceCorrection)
    ring = UInt8(calibration.rings[firing.laser])
  }

  /// The point at `distance` units of `unit` metres.
  @inline(__always)
  func point(
    distance: Int, unit: Float, azimuth start: Float, step: Float, table: AzimuthTable
  ) -> SweepPoint {
    var azimuth = start + step * turned - correction
    if azimuth < 0 { azimuth += 36_000 }
    if azimuth >= 36_000 { azimuth -= 36_000 }
    let direction = table.sineAndCosine(azimuth)
    let range = Float(distance) * unit + distanceCorrection
    let ground = range * cosine
    return SweepPoint(
      x: ground * direction.y + horizontalOffset * direction.x,
      y: horizontalOffset * direction.y - ground * direction.x,
      z: range * sine + verticalOffset, azimuth: azimuth * 0.01, ring: ring)
  }
}
