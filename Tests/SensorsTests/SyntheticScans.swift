import Foundation
import PointClouds
import Sensors

/// Numbers that look random and are the same every time.
struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A sweep of a sensor that sees something at a random distance in every direction, beam after beam.
func sweep(
  of table: SensorTable, firings: Int = 100, seed: UInt64 = 1, bending elevation: Double = 0
) -> PointCloud {
  var dice = Dice(state: seed)
  var cloud = PointCloud()
  for beam in table.beams {
    for firing in 0..<firings {
      let azimuth = (Double(firing) + 0.5) * 2 * .pi / Double(firings)
      let rho = Double.random(in: 4...60, using: &dice)
      let phi = (beam.elevation + elevation * Double.random(in: -1...1, using: &dice)) * .pi / 180
      cloud.x.append(Float(rho * cos(azimuth)))
      cloud.y.append(Float(rho * sin(azimuth)))
      cloud.z.append(Float(rho * tan(phi) + beam.verticalOffset))
      cloud.intensity.append(0)
    }
  }
  return cloud
}
