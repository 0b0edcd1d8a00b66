import Foundation
import Randomness
import Sensors

/// What a sensor makes of the light that comes back.
struct Receiver {
  let physics: SensorPhysics
  let state: SensorState
  /// The logarithm of the energy below which nothing is noticed; nothing where unknown.
  private let noReturnBelow: Float?
  /// The same below which the intensity is 0.
  private let zeroIntensityBelow: Float?
  /// What is reported for what is measured: pairs, rising from [0, 0] to [1, 1], or none.
  private let response: [SIMD2<Float>]

  /// What is nearer than this returns no more energy: the optics are focused farther away.
  private static let focus: Float = 9
  /// Relative width of a threshold, in logarithms.
  private static let thresholdWidth: Float = 0.06

  init(
    physics: SensorPhysics, state: SensorState, energy: SensorTable.EnergyThresholds?,
    response: [SIMD2<Float>]
  ) {
    self.physics = physics
    self.state = state
    self.response = response
    noReturnBelow = energy.map { log(Float($0.noReturn)) }
    zeroIntensityBelow = energy.map { log(Float($0.zeroIntensity)) }
  }

  /// The logarithm of a return's energy.
  ///
  /// `variation` is what the beam and the place add to it.
  func logEnergy(_ reflectivity: Float, range: Float, variation: Float) -> Float {
    let distance = max(range, Self.focus)
    return log(max(reflectivity, 1e-6) * state.energyGain / (distance * distance)) + variation
  }

  /// Whether a return is noticed.
  @inline(__always)
  func isNoticed(logEnergy: Float, noise: PulseNoise) -> Bool {
    guard physics.energyDrop, let noReturnBelow else { return true }
    return logEnergy + Self.thresholdWidth * noise.normal(.energy) > noReturnBelow
  }

  /// What is reported as intensity, from 0 to 1.
  func intensity(brightness: Float, logEnergy: Float, beam: Int, noise: PulseNoise) -> Float {
    if physics.retroreflection, brightness > 1 { return 1 }
    var value = brightness * state.intensityGain
    if physics.intensityNoise {
      let (relative, absolute) = noise.normals(.intensity)
      value = value * (1 + 0.04 * relative) + 0.012 * absolute
    }
    if physics.ringOffsets { value -= state.beamOffsets[beam] }
    value = responded(value)
    guard physics.intensityFloor, let zeroIntensityBelow else { return min(max(value, 0), 1) }
    let isWeak = logEnergy - Self.thresholdWidth * noise.normal(.energy) < zeroIntensityBelow
    if isWeak || value < 0.033 { return 0 }
    // What is hardly above nothing is reported as 4 or 5 hundredths.
    return value < 0.055 ? (value < 0.043 ? 0.0445 : 0.052) : min(value, 1)
  }

  private func responded(_ value: Float) -> Float {
    guard value > 0, let next = response.firstIndex(where: { $0.x > value }), next > 0 else {
      return value
    }
    let (low, high) = (response[next - 1], response[next])
    return low.y + (high.y - low.y) * (value - low.x) / (high.x - low.x)
  }
}
