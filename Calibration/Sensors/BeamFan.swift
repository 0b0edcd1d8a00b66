import Foundation
package import PointClouds

/// The lines that a sensor's beams draw in a vertical half-plane through its axis.
///
/// A point at horizontal distance `rho` and height `z` lies on a beam of elevation `phi` and
/// vertical offset `v` when `z = rho tan(phi) + v`.
package struct BeamFan: Sendable {
  /// Cosines of the beams' elevations.
  package let cosines: [Double]
  /// Sines of the beams' elevations.
  package let sines: [Double]
  /// Heights at which the beams' lines cross the axis, in metres.
  package let offsets: [Double]

  /// The lines of a sensor's beams.
  package init(_ table: SensorTable) {
    cosines = table.beams.map { cos($0.elevation * .pi / 180) }
    sines = table.beams.map { sin($0.elevation * .pi / 180) }
    offsets = table.beams.map(\.verticalOffset)
  }

  /// How far a point is above a beam's line, in metres; negative below it.
  package func height(ofDistance rho: Double, height z: Double, above beam: Int) -> Double {
    (z - offsets[beam]) * cosines[beam] - rho * sines[beam]
  }

  /// The beam whose line is nearest to a point, and the highest of them where they are several.
  package func nearest(toDistance rho: Double, height z: Double) -> Int {
    var best = (beam: 0, distance: Double.infinity)
    for beam in offsets.indices {
      let distance = abs(height(ofDistance: rho, height: z, above: beam))
      if distance < best.distance { best = (beam, distance) }
    }
    return best.beam
  }

  /// The angle between a beam and the line to a point from where the beam starts, in degrees.
  package func residual(ofDistance rho: Double, height z: Double, from beam: Int) -> Double {
    let distance = hypot(rho, z - offsets[beam])
    return abs(height(ofDistance: rho, height: z, above: beam)) / distance * 180 / .pi
  }
}

extension PointCloud {
  /// Horizontal distance, height and index of some points that are at least a metre from the axis.
  ///
  /// They are up to `count` points spread over the file in uneven steps: even ones would meet the
  /// same few beams again and again in files that store one firing of all beams after the other.
  package func distancesAndHeights(count: Int) -> [(rho: Double, z: Double, index: Int)] {
    let step = Swift.max(1, self.count / count)
    return stride(from: 0, to: self.count - step + 1, by: step).compactMap { start in
      let index = start + Int((UInt64(start) &* 0x9E37_79B9_7F4A_7C15) >> 33) % step
      let rho = hypot(Double(x[index]), Double(y[index]))
      let z = Double(z[index])
      return rho.isFinite && z.isFinite && rho >= 1 ? (rho, z, index) : nil
    }
  }
}
