import Foundation
import Randomness
import Sensors
import Testing

@testable import Simulator

/// Every switch of the physics changes what it names and nothing else: intensities, and what is
/// particular to a scene.
@Suite struct PhysicsIntensityTests {
  private static let scenes = Result { try (0..<3).map { try SensingScene($0) } }

  private static let measurements: [@Sendable (inout SensorPhysics) -> Void] = [
    { $0.intensityNoise = false }, { $0.ringOffsets = false }, { $0.intensityFloor = false },
  ]

  @Test(arguments: measurements.indices)
  func howIntensityIsMeasuredMovesNoPoint(_ index: Int) throws {
    for scene in try Self.scenes.get() {
      let (before, after) = (try scene.echoes(), try scene.echoes(Self.measurements[index]))
      #expect(zip(before, after).allSatisfy { $0.range == $1.range && $0.triangle == $1.triangle })
      #expect(zip(before, after).allSatisfy { $0.logEnergy == $1.logEnergy })
      #expect(zip(before, after).contains { $0.intensity != $1.intensity })
    }
  }

  @Test func theFloorTouchesWeakIntensitiesOnly() throws {
    for scene in try Self.scenes.get() {
      let (before, after) = (try scene.echoes(), try scene.echoes { $0.intensityFloor = false })
      #expect(
        zip(before, after).allSatisfy { with, without in
          // What is hardly above nothing is lumped together.
          let isLump = (0.033..<0.055).contains(without.intensity)
          let change = abs(with.intensity - without.intensity)
          return change == 0 || with.intensity == 0 || isLump && change < 0.013
        })
      let zeros = before.indices.filter { before[$0].isReturn && before[$0].intensity == 0 }
      let risen = zeros.count { after[$0].intensity > 0 }
      #expect(risen > zeros.count / 5)
    }
  }

  @Test func ringOffsetsAreWhatTheTableSays() throws {
    let scene = try Self.scenes.get()[0]
    func echoes(_ hasOffsets: Bool) throws -> [Echo] {
      try scene.echoes { physics in
        physics.intensityFloor = false
        physics.ringOffsets = hasOffsets
      }
    }
    let (with, without) = (try echoes(true), try echoes(false))
    let means = scene.sensor.beams.indices.map { beam in
      let pulses = (beam * scene.turn.count..<(beam + 1) * scene.turn.count).filter {
        with[$0].isReturn && with[$0].intensity > 0 && without[$0].intensity < 1
      }
      let lack = pulses.reduce(Float(0)) { $0 + without[$1].intensity - with[$1].intensity }
      return lack / Float(pulses.count)
    }
    // The response bends them a little.
    for (mean, offset) in zip(means, scene.state.beamOffsets) {
      #expect(abs(mean - offset) < 0.02 + 0.2 * abs(offset))
    }
  }

  @Test func onlyRetroreflectorsAnswerRetroreflection() throws {
    var changes = 0
    for scene in try Self.scenes.get() {
      func echoes(_ isOn: Bool) throws -> [Echo] {
        try scene.echoes { physics in
          physics.mixedPixels = false
          physics.retroreflection = isOn
        }
      }
      for (on, off) in zip(try echoes(true), try echoes(false)) where on != off {
        #expect(scene.surface(of: on.isReturn ? on : off).material == .retroreflector)
        changes += 1
      }
    }
    #expect(changes > 30)
  }

  @Test func signsGiveTheGreatestIntensityThereIs() throws {
    for scene in try Self.scenes.get() {
      let signs = try scene.echoes { $0.mixedPixels = false }.filter {
        guard $0.isReturn else { return false }
        let surface = scene.surface(of: $0)
        return surface.material == .retroreflector && surface.semantic == RawClass.trafficSign
      }
      // Seen from the side they are like others.
      #expect(signs.count { $0.intensity == 1 } > signs.count / 2)
    }
  }

  @Test func withoutRandomisationSensorsAreAsTheirTableSays() throws {
    let sensor = try SensorCatalogue.bundled.named("hdl64e-kitti")
    let configuration = SimulationConfiguration.with { $0.randomisation = false }
    let state = SensorState(sensor, configuration: configuration, key: RandomKey(seed: 5))
    #expect(state.height == 1.74 && state.roll == 0)
    #expect(state.pitch == configuration.sensorPitch * .pi / 180)
    #expect(state.energyGain == 1 && state.intensityGain == 1 && state.offsetScale == 1)
    for (beam, (energy, offset)) in zip(
      sensor.beams, zip(state.beamEnergies, state.beamOffsets))
    {
      #expect(abs(exp(energy) - Float(beam.sensitivity)) < 1e-5)
      #expect(abs(offset - Float(beam.intensityOffset)) < 1e-6)
    }
  }

  @Test func withRandomisationSensorsDifferFromSceneToScene() throws {
    let sensor = try SensorCatalogue.bundled.named("hdl64e-kitti")
    let configuration = SimulationConfiguration()
    let states = (0..<200).map {
      SensorState(
        sensor, configuration: configuration, key: RandomKey(seed: 5).key(.scene, $0))
    }
    #expect(Set(states.map(\.height)).count > 190)
    #expect(states.allSatisfy { abs($0.height - 1.74) <= 0.1 && abs($0.roll) <= 0.03 })
    let heights = states.map { $0.height - 1.74 }
    let spread = (heights.reduce(0) { $0 + $1 * $1 } / 200).squareRoot()
    #expect((0.025...0.035).contains(spread))
  }
}
