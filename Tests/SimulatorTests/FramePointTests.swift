import PointClouds
import Sensors
import Testing

@testable import Simulator

/// What holds of the points of every scan.
@Suite struct FramePointTests {
  @Test(arguments: StreetStyle.allCases)
  func everyStreetGivesManyPointsAndNoMoreThanPulses(_ style: StreetStyle) throws {
    let sensor = try SensorCatalogue.bundled.named("hdl64e-kitti")
    var configuration = SimulationConfiguration()
    configuration.streets = StreetSamples.only(style)
    let most = try 64 * FiringPattern(sensor).count
    for scene in 0..<10 {
      let frame = try SensingScene.frames(scene, sensor: sensor, configuration)[0]
      #expect((90_000...most).contains(frame.cloud.count))
      expectSoundPoints(frame, sensor)
    }
  }

  @Test(arguments: SensorCatalogue.bundled.tables)
  func everySensorsPointsAreWithinItsLimits(_ sensor: SensorTable) throws {
    for scene in 0..<2 {
      let frame = try SensingScene.frames(scene, sensor: sensor, SimulationConfiguration())[0]
      expectSoundPoints(frame, sensor)
      let most = try FiringPattern(sensor).count
      let counts = Dictionary(grouping: frame.cloud.ring ?? [], by: \.self).mapValues(\.count)
      #expect(counts.values.allSatisfy { $0 <= most })
      #expect(Set(frame.pulses).count == frame.cloud.count)
    }
  }

  private func expectSoundPoints(_ frame: SimulatedFrame, _ sensor: SensorTable) {
    let (cloud, count) = (frame.cloud, frame.cloud.count)
    #expect([cloud.y.count, cloud.z.count, cloud.intensity.count] == [count, count, count])
    #expect(cloud.ring?.count == count && cloud.time?.count == count && frame.labels.count == count)
    let farthest = Float(sensor.range?.maximum ?? .infinity)
    let unit: Float = sensor.intensityMaximum == 1 ? 0.01 : 1
    let period = Float(1 / (sensor.rotationRate ?? 10))
    let ranges = (0..<count).map { index in
      range(of: frame.point(index), sensor.beams[Int(cloud.ring?[index] ?? 0)])
    }
    #expect(ranges.filter { !(0.498...farthest + 0.002).contains($0) } == [])
    let intensities = 0...Float(sensor.intensityMaximum)
    #expect(cloud.intensity.filter { !intensities.contains($0) } == [])
    #expect(cloud.intensity.filter { $0 != ($0 / unit).rounded() / (1 / unit) } == [])
    #expect(cloud.time?.filter { !(0..<period).contains($0) } == [])
  }

  /// Metres along the beam; not a number where the point is none.
  private func range(of point: Vector, _ beam: SensorTable.Beam) -> Float {
    let seen = point - Vector(0, 0, Float(beam.verticalOffset))
    let aside = Float(beam.horizontalOffset)
    return (seen.dot(seen) - aside * aside).squareRoot()
  }
}
