import Datasets
import PointCloudIO
import PointClouds
import Sensors
import Testing

/// Beam tables from real scans.
@Suite struct SensorsFitAcceptanceTests {
  private func fit(_ name: String, every step: Int) throws -> FittedBeamTable {
    var fit = BeamTableFit()
    let scans = try Dataset.open(path: SharedFolder.scans(name)).scans
    for position in stride(from: 0, to: scans.count, by: step) {
      fit.add(try ScanFile.read(scans[position].path).scan.cloud)
    }
    return try fit.result(named: "fitted", title: "Fitted")
  }

  @Test(arguments: [("labelled", 10), ("unlabelled/kitti_stereo2015", 3)])
  func rawDrivesGiveTheTableOfKITTIsSensor(name: String, step: Int) throws {
    let table = try SensorCatalogue.bundled.named("hdl64e-kitti")
    let found = try fit(name, every: step)
    #expect(found.sensor.beams.count == 64)
    for (ring, (beam, expected)) in zip(found.sensor.beams, table.beams).enumerated() {
      #expect(abs(beam.elevation - expected.elevation) < 0.01, "ring \(ring)")
      #expect(abs(beam.verticalOffset - expected.verticalOffset) < 0.002, "ring \(ring)")
    }
    #expect(found.residual < 0.003 && found.worstResidual < 0.005)
    #expect(found.sensor.range?.quantum == 0.002)
    let steps = found.sensor.azimuthSteps
    #expect(steps.contains { abs($0.step - 0.18) < 0.002 && (0.8...0.9).contains($0.share) })
    #expect(steps.contains { abs($0.step - 0.09) < 0.002 && (0.1...0.2).contains($0.share) })
  }

  @Test func compensatedDrivesAreRefused() throws {
    let refused = #expect(throws: SensorsError.self) {
      try fit("unlabelled/kitti_odometry_00", every: 1)
    }
    #expect(refused?.message.contains("motion-compensated") == true)
  }
}
