import Foundation
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

  @Test(arguments: ["hdl64e-kitti", "os1-64", "vlp16"])
  func theSensorTurnsToTheRightFromItsRear(_ name: String) throws {
    let sensor = try SensorCatalogue.bundled.named(name)
    let frame = try SensingScene.frames(2, sensor: sensor, SimulationConfiguration())[0]
    let period = 1 / (sensor.rotationRate ?? 10)
    let misses = frame.pulses.enumerated().compactMap { index, pulse -> Double? in
      let point = frame.point(index)
      guard point.length > 5 else { return nil }
      let azimuth = Double(atan2(point.y, point.x)) * 180 / .pi
      let facing = azimuth - sensor.beams[Int(pulse.ring)].azimuthOffset
      let turned = 180 - Double(pulse.time) / period * 360
      return abs((turned - facing).remainder(dividingBy: 360))
    }
    #expect(misses.count > 5_000 && misses.allSatisfy { $0 < 1 })
  }

  @Test func theSensorIsMountedAsConfigured() throws {
    var configuration = SimulationConfiguration.with { $0.randomisation = false }
    configuration.sensorHeight = 2.5
    configuration.sensorPitch = 5
    configuration.streets.slopes = 0
    let sensor = try SensorCatalogue.bundled.named("vlp16")
    let frame = try SensingScene.frames(0, sensor: sensor, configuration)[0]
    // The road falls a little to its sides.
    #expect(abs(frame.pose.origin.z - 2.5) < 0.1)
    #expect(abs(frame.pose.forward.z + sin(5 * .pi / 180)) < 0.005)
    let road = frame.labels.indices.filter {
      frame.labels[$0].semantic == RawClass.road && abs(frame.cloud.y[$0]) < 2
    }
    func height(_ isAhead: Bool) -> Float {
      let points = road.filter { (frame.cloud.x[$0] > 0) == isAhead }
      return points.reduce(0) { $0 + frame.cloud.z[$1] } / Float(points.count)
    }
    // A sensor that looks down sees the road rise ahead and fall behind.
    #expect(height(true) > height(false) + 1)
  }

  private func expectSoundPoints(_ frame: SimulatedFrame, _ sensor: SensorTable) {
    let (cloud, count) = (frame.cloud, frame.cloud.count)
    #expect(cloud.y.count == count && cloud.z.count == count && cloud.intensity.count == count)
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
