import PointClouds
import Sensors

/// Finds the beam whose line is nearest to each point, fast.
///
/// The same beam as `BeamFan.nearest` finds, but for points as near to the next beam within
/// rounding. A table by slope gives a first guess; from there the search walks up or down while the
/// distance falls, two beams ahead at a time. Where a lower beam starts higher than its upper
/// neighbour their order can change near the sensor: there all beams that may be meant are tried.
struct BeamFinder {
  private static let slots = 4096

  private let fan: BeamFan
  private let cosines: [Float]
  private let sines: [Float]
  private let offsets: [Float]
  /// Squared sine of half the distance to the farther neighbour of each beam.
  private let reach: [Float]
  /// Squared sine of the distance within which no other beam can be nearer; 0 where beams that start
  /// at different heights can cross.
  private let certainty: [Float]
  /// How many beams a first guess can be wrong by, times the distance, where beams can cross; 0
  /// elsewhere.
  private let crossing: Float
  private let steepest: Float
  private let slotsPerSlope: Float
  private let middle: Float
  private let firstGuess: [Int32]

  init(_ sensor: SensorTable) {
    fan = BeamFan(sensor)
    cosines = fan.cosines.map(Float.init)
    sines = fan.sines.map(Float.init)
    offsets = fan.offsets.map(Float.init)
    let beams = sensor.beams
    reach = beams.indices.map { beam in
      let neighbours = [beam - 1, beam + 1].filter(beams.indices.contains)
      let gap = neighbours.map { abs(beams[$0].elevation - beams[beam].elevation) }.max() ?? 0
      let half = Float(gap / 2 * .pi / 180)
      return half * half
    }
    let canCross = zip(offsets, offsets.dropFirst()).contains { $0 < $1 }
    certainty = beams.indices.map { beam in
      let neighbours = [beam - 1, beam + 1].filter(beams.indices.contains)
      let gap = neighbours.map { abs(beams[$0].elevation - beams[beam].elevation) }.min() ?? 0
      let sure = canCross ? 0 : Float(0.48 * gap * .pi / 180)
      return sure * sure
    }
    let spread = (offsets.max() ?? 0) - (offsets.min() ?? 0)
    let narrowest = zip(beams, beams.dropFirst()).map { $0.elevation - $1.elevation }.min() ?? 1
    crossing = canCross ? spread / Float(narrowest * .pi / 180) : 0
    let tangents = zip(fan.sines, fan.cosines).map { $0 / $1 }
    let (low, high) = (tangents[tangents.count - 1], tangents[0])
    let width = (high - low) / Double(Self.slots - 1)
    steepest = Float(high)
    slotsPerSlope = Float(1 / width)
    middle = offsets.reduce(0, +) / Float(offsets.count)
    var beam = 0
    firstGuess = (0..<Self.slots).map { slot in
      let slope = high - Double(slot) * width
      while beam + 1 < tangents.count,
        abs(tangents[beam + 1] - slope) < abs(tangents[beam] - slope)
      {
        beam += 1
      }
      return Int32(beam)
    }
  }

  /// The rows of a cloud's points, or nothing where the points do not lie on the beams.
  ///
  /// The median one has to be within 0.03 degrees. -1 above all beams, -2 below, -3 between.
  func rows(of cloud: PointCloud) -> [Int32]? {
    var residuals = cloud.distancesAndHeights(count: 500).map { point in
      fan.residual(
        ofDistance: point.rho, height: point.z,
        from: fan.nearest(toDistance: point.rho, height: point.z))
    }
    residuals.sort()
    guard residuals.isEmpty || residuals[residuals.count / 2] < 0.03 else { return nil }
    return allRows(of: cloud)
  }

  func allRows(of cloud: PointCloud) -> [Int32] {
    cloud.x.withUnsafeBufferPointer { x in
      cloud.y.withUnsafeBufferPointer { y in
        cloud.z.withUnsafeBufferPointer { z in
          [Int32](unsafeUninitializedCapacity: x.count) { rows, count in
            fill(rows, x, y, z)
            count = x.count
          }
        }
      }
    }
  }

  private func fill(
    _ rows: UnsafeMutableBufferPointer<Int32>, _ x: UnsafeBufferPointer<Float>,
    _ y: UnsafeBufferPointer<Float>, _ z: UnsafeBufferPointer<Float>
  ) {
    cosines.withUnsafeBufferPointer { cosines in
      sines.withUnsafeBufferPointer { sines in
        offsets.withUnsafeBufferPointer { offsets in
          firstGuess.withUnsafeBufferPointer { firstGuess in
            certainty.withUnsafeBufferPointer { certainty in
              // Most files store a beam's points one after the other.
              var last = 0
              for point in x.indices {
                let square = x[point] * x[point] + y[point] * y[point]
                let (rho, height) = (square.squareRoot(), z[point])
                let rise = height - offsets[last]
                let off = rise * cosines[last] - rho * sines[last]
                if off * off < certainty[last] * (square + rise * rise) {
                  rows[point] = Int32(truncatingIfNeeded: last)
                  continue
                }
                let row = row(
                  rho, height, cosines: cosines, sines: sines, offsets: offsets,
                  firstGuess: firstGuess)
                rows[point] = row
                if row >= 0 { last = Int(row) }
              }
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private func row(
    _ rho: Float, _ z: Float, cosines: UnsafeBufferPointer<Float>,
    sines: UnsafeBufferPointer<Float>, offsets: UnsafeBufferPointer<Float>,
    firstGuess: UnsafeBufferPointer<Int32>
  ) -> Int32 {
    func height(_ beam: Int) -> Float { (z - offsets[beam]) * cosines[beam] - rho * sines[beam] }
    let slope = (z - middle) / rho
    let slot = (steepest - slope) * slotsPerSlope
    guard slot.isFinite else { return slot > 0 ? -2 : -1 }
    let guess = Int(firstGuess[Int(min(max(slot, 0), Float(Self.slots - 1)))])
    var (beam, best) = (guess, height(guess))
    if crossing > 0 {
      let doubt = Int(min(crossing / rho, Float(offsets.count))) + 2
      for other in max(0, guess - doubt)..<min(offsets.count, guess + doubt + 1) {
        let found = height(other)
        if abs(found) < abs(best) { (beam, best) = (other, found) }
      }
    }
    while crossing == 0 {
      let step = best > 0 ? -1 : 1
      let (next, afterNext) = (beam + step, beam + 2 * step)
      guard next >= 0, next < offsets.count else { break }
      let here = best
      let found = height(next)
      if abs(found) < abs(best) { (beam, best) = (next, found) }
      if afterNext >= 0, afterNext < offsets.count {
        let found = height(afterNext)
        if abs(found) < abs(best) { (beam, best) = (afterNext, found) }
      }
      if best == here { break }
    }
    let distance = z - offsets[beam]
    guard best * best > reach[beam] * (rho * rho + distance * distance) else { return Int32(beam) }
    return beam == 0 && best > 0 ? -1 : beam == offsets.count - 1 && best < 0 ? -2 : -3
  }
}
