import Foundation
import Randomness
import Sensors

/// What is particular to a sensor in one scene: how it is mounted, and how its electronics are set.
struct SensorState: Sendable {
  /// Height above the ground, in metres.
  var height: Float
  /// Nose down and left side up, in radians.
  var pitch: Float
  var roll: Float
  /// Factor on all energies.
  var energyGain: Float
  /// Factor on all intensities.
  var intensityGain: Float
  /// Factor on the beams' intensity offsets.
  var offsetScale: Float
  /// Logarithm of each beam's factor on energy.
  var beamEnergies: [Float]
  /// What each beam's intensity lacks, as a fraction of the greatest.
  var beamOffsets: [Float]

  init(_ sensor: SensorTable, configuration: SimulationConfiguration, key: RandomKey) {
    let physics = configuration.physics
    var random = key.key(.attitude).stream
    let spread: Float = physics.randomisation ? 1 : 0
    height = configuration.sensorHeight + spread * random.normal(0, 0.03, within: -0.1...0.1)
    pitch =
      configuration.sensorPitch * .pi / 180
      + spread * random.normal(0, 0.006, within: -0.03...0.03)
    roll = spread * random.normal(0, 0.008, within: -0.03...0.03)
    energyGain = exp(spread * random.normal(0, 0.25))
    intensityGain = exp(spread * random.normal(0, 0.06))
    offsetScale = 1 + spread * random.uniform(-0.2...0.2)
    let gain = (energies: spread * 0.25, offsets: spread * 0.01)
    beamEnergies = sensor.beams.map { beam in
      log(max(Float(beam.sensitivity), 1e-6)) + gain.energies * random.normal()
    }
    let scale = offsetScale / Float(sensor.intensityMaximum)
    beamOffsets = sensor.beams.map { beam in
      Float(beam.intensityOffset) * scale + gain.offsets * random.normal()
    }
  }

  /// The sensor on a vehicle.
  func placement(on vehicle: Placement) -> Placement {
    vehicle.moved(0, 0, height).tipped(pitch: pitch, roll: roll)
  }
}
