import Foundation
import PointClouds
import Sensors
import Testing

@testable import Simulator

/// Every switch of the physics changes what it names and nothing else: where points are reported.
@Suite struct PhysicsFrameTests {
  private static let scenes = Result { try (0..<3).map { try SensingScene($0) } }
  /// Coordinates are whole millimetres.
  private static let rounding: Float = 0.0009

  /// How far a point lies from where the beam's line can be, in metres.
  private func miss(_ point: Vector, elevation: Double, offset: SIMD2<Double>) -> Double {
    let rho = (point.x * point.x + point.y * point.y).squareRoot()
    let along = (Double(rho * rho) - offset.x * offset.x).squareRoot()
    let phi = elevation * .pi / 180
    return abs((Double(point.z) - offset.y) * cos(phi) - along * sin(phi))
  }

  @Test func beamsStartWhereTheTableSays() throws {
    for scene in try Self.scenes.get() {
      let frame = try scene.frame()
      let misses = (frame.cloud.ring ?? []).enumerated().map { index, ring in
        let beam = scene.sensor.beams[Int(ring)]
        let offset = SIMD2(beam.horizontalOffset, beam.verticalOffset)
        return miss(frame.point(index), elevation: beam.elevation, offset: offset)
      }
      #expect(misses.count > 90_000 && misses.allSatisfy { $0 < 0.001 })
    }
  }

  @Test func withoutOffsetsBeamsStartAtTheOrigin() throws {
    for scene in try Self.scenes.get() {
      let frame = try scene.frame { $0.physics.beamOffsets = false }
      let misses = (frame.cloud.ring ?? []).enumerated().map { index, ring in
        miss(
          frame.point(index), elevation: scene.sensor.beams[Int(ring)].elevation, offset: .zero)
      }
      #expect(misses.count > 90_000 && misses.allSatisfy { $0 < 0.001 })
    }
  }

  /// What is left of firings' azimuths over whole multiples of a step, and how far rounding may
  /// move it, both as fractions of the step; and whether the sensor faced left.
  private func remainders(
    _ frame: SimulatedFrame, of sensor: SensorTable, step: Double
  ) -> [(rest: Double, error: Double, isLeft: Bool)] {
    zip(0..<frame.cloud.count, frame.cloud.ring ?? []).map { index, ring in
      let point = frame.point(index)
      let rho = Double((point.x * point.x + point.y * point.y).squareRoot())
      let azimuth =
        atan2(Double(point.y), Double(point.x)) * 180 / .pi
        - sensor.beams[Int(ring)].azimuthOffset
      let rest = (azimuth / step - (azimuth / step).rounded(.down))
      return (rest, 0.0008 / rho * 180 / .pi / step + 1e-4, azimuth > 0)
    }
  }

  @Test func quantisedAzimuthsAreReadingsOfTheEncoder() throws {
    for scene in try Self.scenes.get() {
      let frame = try scene.frame { $0.physics.beamOffsets = false }
      let readings = remainders(frame, of: scene.sensor, step: 0.09)
      #expect(readings.allSatisfy { min($0.rest, 1 - $0.rest) < $0.error })
    }
  }

  @Test func azimuthsThatAreNotQuantisedComeInEvenSteps() throws {
    for scene in try Self.scenes.get() {
      let frame = try scene.frame { configuration in
        configuration.physics.beamOffsets = false
        configuration.physics.azimuthQuantisation = false
      }
      let pattern = try FiringPattern(scene.sensor)
      // Azimuths below 0 belong to the end of the turn, which is no whole number of steps.
      let left = remainders(frame, of: scene.sensor, step: pattern.step).filter(\.isLeft)
      let phase = left.map(\.rest).sorted()[left.count / 2]
      #expect(left.count > 40_000)
      #expect(
        left.allSatisfy { rest, error, _ in
          min(abs(rest - phase), 1 - abs(rest - phase)) < error + 0.003
        })
    }
  }

  @Test func quantisationMovesReadingsNotPulses() throws {
    let sensor = try SensorCatalogue.bundled.named("hdl64e-kitti")
    let pattern = try FiringPattern(sensor)
    let (exact, read) = (
      pattern.azimuths(phase: 0.3, isQuantised: false),
      pattern.azimuths(phase: 0.3, isQuantised: true)
    )
    #expect(exact.map(\.pulse) == read.map(\.pulse) && exact.allSatisfy { $0.pulse == $0.reading })
    #expect(read.allSatisfy { (0..<0.0901).contains($0.pulse - $0.reading) })
    let steps = zip(read, read.dropFirst()).map { ($1.reading - $0.reading) / 0.09 }
    #expect(Set(steps.map { Int($0.rounded()) }) == [1, 2])
    #expect(steps.allSatisfy { abs($0 - $0.rounded()) < 1e-6 })
  }

  @Test func rangesAreRoundedByLessThanAMillimetre() throws {
    for scene in try Self.scenes.get() {
      let frame = try scene.frame()
      let exact = try scene.frame { $0.physics.rangeQuantisation = false }
      #expect(frame.pulses == exact.pulses && frame.labels == exact.labels)
      #expect(frame.cloud.intensity == exact.cloud.intensity)
      let moves = frame.cloud.x.indices.map { (frame.point($0) - exact.point($0)).length }
      #expect(moves.allSatisfy { $0 < 0.001 + 2 * Self.rounding })
      #expect(moves.contains { $0 > 0 })
    }
  }

  @Test func rangeNoiseLosesNoPointAndChangesNoLabel() throws {
    for scene in try Self.scenes.get() {
      func frame(_ noise: Float) throws -> SimulatedFrame {
        try scene.frame { configuration in
          configuration.physics.rangeNoise = noise
          configuration.physics.mixedPixels = false
        }
      }
      let (noisy, exact) = (try frame(SensorPhysics().rangeNoise), try frame(0))
      // At the sensor's greatest range the noise decides.
      let farthest: Float = 119.9
      func near(_ frame: SimulatedFrame) -> [PulseName: (PointLabel, Float)] {
        let names = frame.pulses
        let points = names.indices.filter { frame.point($0).length < farthest }
        return Dictionary(
          uniqueKeysWithValues: points.map {
            (names[$0], (frame.labels[$0], frame.cloud.intensity[$0]))
          })
      }
      let (before, after) = (near(noisy), near(exact))
      #expect(abs(before.count - after.count) < 5)
      let common = Set(before.keys).intersection(after.keys)
      #expect(common.count > before.count - 5)
      #expect(common.allSatisfy { before[$0]?.0 == after[$0]?.0 && before[$0]?.1 == after[$0]?.1 })
    }
  }
}
