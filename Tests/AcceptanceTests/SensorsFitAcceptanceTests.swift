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

  /// A fit to up to eight scans of each labelled drive.
  private func fitToAllDrives() throws -> FittedBeamTable {
    var fit = BeamTableFit()
    let dataset = try Dataset.open(path: SharedFolder.scans("labelled"))
    for drive in dataset.drives {
      let scans = dataset.scans.filter { $0.drive == drive }
      for position in stride(from: 0, to: scans.count, by: max(1, scans.count / 8)) {
        fit.add(try ScanFile.read(scans[position].path).scan.cloud, ofDrive: drive)
      }
    }
    return try fit.result(named: "fitted", title: "Fitted")
  }

  @Test func rawDrivesGiveTheOffsetsAndHiddenSectorsOfKITTIsSensor() throws {
    let table = try SensorCatalogue.bundled.named("hdl64e-kitti")
    let found = try fitToAllDrives()
    #expect(found.encoder?.countsPerTurn == 4000 && found.encoder?.azimuthOffsets == 64)
    let turns = zip(found.sensor.beams, table.beams).map { $0.azimuthOffset - $1.azimuthOffset }
    let common = turns.sorted()[32]
    for (ring, (beam, expected)) in zip(found.sensor.beams, table.beams).enumerated() {
      #expect(abs(turns[ring] - common) < 0.01, "ring \(ring): \(turns[ring])")
      #expect(abs(beam.horizontalOffset - expected.horizontalOffset) < 0.001, "ring \(ring)")
    }
    let rings = 42...63
    let same = zip(hiddenBins(found.sensor, rings), hiddenBins(table, rings)).count { $0 == $1 }
    #expect(Double(same) >= 0.97 * Double(rings.count * 720), "\(same) bins")
    #expect(found.sensor.egoSectors.allSatisfy { rings.contains($0.beam) })
  }

  /// Whether each half degree of some beams is hidden.
  private func hiddenBins(_ table: SensorTable, _ rings: ClosedRange<Int>) -> [Bool] {
    rings.flatMap { ring in
      (0..<720).map { bin in
        let azimuth = (Double(bin) + 0.5) / 2
        return table.egoSectors.contains { sector in
          let range = sector.azimuth[0]..<sector.azimuth[1]
          return sector.beam == ring && (range.contains(azimuth) || range.contains(azimuth + 360))
        }
      }
    }
  }

  @Test func compensatedDrivesAreRefused() throws {
    let refused = #expect(throws: SensorsError.self) {
      try fit("unlabelled/kitti_odometry_00", every: 1)
    }
    #expect(refused?.message.contains("motion-compensated") == true)
  }
}
