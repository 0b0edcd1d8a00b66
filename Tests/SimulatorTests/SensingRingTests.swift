import PointClouds
import Sensors
import Testing

@testable import Simulator

/// Whether the parts of the program that know sensors take simulated scans for real ones.
@Suite struct SensingRingTests {
  @Test(arguments: SensorCatalogue.bundled.tables)
  func aScanIsRecognisedAsTheSensorsThatMadeIt(_ sensor: SensorTable) throws {
    var cloud = try SensingScene.frames(1, sensor: sensor, SimulationConfiguration())[0].cloud
    cloud.ring = nil
    let recognition = try #require(SensorRecognition.recognise(cloud))
    #expect(recognition.sensor.name == sensor.name)
    #expect(recognition.best.evidence == .elevation)
  }

  @Test func theBeamTableIsRecoveredFromRawScans() throws {
    let sensor = try SensorCatalogue.bundled.named("hdl64e-kitti")
    var fit = BeamTableFit()
    for scene in 0..<6 {
      var cloud = try SensingScene.frames(scene, sensor: sensor, SimulationConfiguration())[0].cloud
      cloud.ring = nil
      fit.add(cloud)
    }
    let fitted = try fit.result(named: "fitted", title: "Fitted").sensor
    try #require(fitted.beams.count == sensor.beams.count)
    for (found, beam) in zip(fitted.beams, sensor.beams) {
      #expect(abs(found.elevation - beam.elevation) < 0.01)
      #expect(abs(found.verticalOffset - beam.verticalOffset) < 0.003)
    }
  }

  @Test(arguments: [false, true])
  func theOrderOfPointsTellsThe64Beams(_ isCompensated: Bool) throws {
    let sensor = try SensorCatalogue.bundled.named("hdl64e-kitti")
    let configuration = SimulationConfiguration.with { $0.motionCompensation = isCompensated }
    for scene in 0..<10 {
      let cloud = try SensingScene.frames(scene, sensor: sensor, configuration)[0].cloud
      let order = PointOrder(cloud)
      #expect(order.count == 64)
      let strays = zip(order.sweeps, cloud.ring ?? []).count { $0 != $1 }
      #expect(strays == 0)
    }
  }

  @Test func aCompensatedScanIsStillKittis() throws {
    let sensor = try SensorCatalogue.bundled.named("hdl64e-kitti")
    let configuration = SimulationConfiguration.with { $0.motionCompensation = true }
    for scene in 0..<3 {
      let cloud = try SensingScene.frames(scene, sensor: sensor, configuration)[0].cloud
      #expect(SensorRecognition.recognise(cloud)?.sensor.name == "hdl64e-kitti")
    }
  }
}
