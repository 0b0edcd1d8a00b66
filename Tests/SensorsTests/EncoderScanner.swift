import Foundation
import PointClouds
import Sensors

/// Makes scans as a sensor does that fires all its beams at once, at counts of an encoder that are
/// now one apart and now two; a file holds one beam after the other.
struct EncoderScanner {
  var table: SensorTable
  /// How many counts the encoder has to a turn.
  var counts = 4000
  /// Fraction of steps that are of one count.
  var shortSteps = 0.14
  /// Fraction of pulses that do not return.
  var losses = 0.05
  /// Beams that fire at times of their own.
  var loners: Set<Int> = []
  /// Beams whose azimuths waver by up to half a count.
  var shaky: Set<Int> = []
  /// Whether the vehicle stops the pulse of a beam at an azimuth in degrees, from 0 to below 360.
  var hides: @Sendable (_ beam: Int, _ azimuth: Double) -> Bool = { _, _ in false }

  func scan(seed: UInt64) -> PointCloud {
    var dice = Dice(state: seed)
    let common = firings(&dice)
    var cloud = PointCloud(ring: [])
    for beam in table.beams.indices {
      var points: [[Double]] = []
      var distance = 0.0
      for (index, count) in (loners.contains(beam) ? firings(&dice) : common).enumerated() {
        if index % 40 == 0 { distance = Double.random(in: 4...40, using: &dice) }
        let waver = shaky.contains(beam) ? Double.random(in: -0.5...0.5, using: &dice) : 0
        let azimuth = 360 * (Double(count) + waver) / Double(counts)
        let point = place(beam, azimuth: azimuth, distance: distance)
        let isLost = Double.random(in: 0..<1, using: &dice) < losses
        if !isLost, !hides(beam, direction(point)) { points.append(point) }
      }
      for point in points.sorted(by: { direction($0) < direction($1) }) {
        cloud.append(point, ring: beam)
      }
    }
    return cloud
  }

  /// The counts at which beams fire in a turn.
  private func firings(_ dice: inout Dice) -> [Int] {
    var firings = [Int.random(in: 0...1, using: &dice)]
    while let last = firings.last, last < counts - 2 {
      firings.append(last + (Double.random(in: 0..<1, using: &dice) < shortSteps ? 1 : 2))
    }
    return firings
  }

  /// Where a beam meets something, in whole millimetres.
  private func place(_ beam: Int, azimuth: Double, distance: Double) -> [Double] {
    let beam = table.beams[beam]
    let (theta, phi) = ((azimuth + beam.azimuthOffset) * .pi / 180, beam.elevation * .pi / 180)
    let point = [
      distance * cos(phi) * cos(theta) - beam.horizontalOffset * sin(theta),
      distance * cos(phi) * sin(theta) + beam.horizontalOffset * cos(theta),
      distance * sin(phi) + beam.verticalOffset,
    ]
    return point.map { ($0 * 1000).rounded() / 1000 }
  }

  private func direction(_ point: [Double]) -> Double {
    let azimuth = atan2(point[1], point[0]) * 180 / .pi
    return azimuth < 0 ? azimuth + 360 : azimuth
  }
}

extension PointCloud {
  fileprivate mutating func append(_ point: [Double], ring beam: Int) {
    x.append(Float(point[0]))
    y.append(Float(point[1]))
    z.append(Float(point[2]))
    intensity.append(0.5)
    ring?.append(UInt16(beam))
  }
}
