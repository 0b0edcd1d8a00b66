import Foundation
import PointClouds
import Sensors
import Testing

/// What the vehicle hides.
@Suite struct BeamTableFitSectorTests {
  /// The lower two look down steeply.
  private let table: SensorTable

  init() throws {
    table = try SensorTable(
      name: "three", beams: [-2, -12, -20].map { SensorTable.Beam(elevation: $0) })
  }

  /// Fits scans of several drives, of which the vehicle of the last may hide other directions.
  private func fit(
    scans: Int = 20, drives: Int = 5, like: SensorTable? = nil,
    lastHides: (@Sendable (Int, Double) -> Bool)? = nil,
    hiding hides: @escaping @Sendable (_ beam: Int, _ azimuth: Double) -> Bool
  ) throws -> FittedBeamTable {
    var fit = BeamTableFit(like: like)
    for scan in 0..<scans {
      let drive = scan % drives
      let isLast = drive == drives - 1
      let scanner = EncoderScanner(table: table, hides: isLast ? lastHides ?? hides : hides)
      fit.add(scanner.scan(seed: UInt64(scan + 1)), ofDrive: "\(drive)")
    }
    return try fit.result(named: "fitted", title: "Fitted")
  }

  /// Beam, from and to of each hidden sector.
  private func sectors(_ found: FittedBeamTable) -> [[Double]] {
    found.sensor.egoSectors.map { [Double($0.beam)] + $0.azimuth }
  }

  @Test func directionsWithoutReturnsAreHidden() throws {
    let found = try fit { beam, azimuth in
      beam == 1 ? (100..<107.5).contains(azimuth) : !(15..<350).contains(azimuth)
    }
    #expect(sectors(found) == [[1, 100, 107.5], [2, 350, 375]])
    #expect(found.hidden?.drives == 5 && found.hidden?.beams == 2)
    #expect(abs((found.hidden?.share ?? 0) - 32.5 / 1080) < 1e-9)
    #expect(try SensorTable(yaml: found.sensor.yaml) == found.sensor)
  }

  @Test func aWholeTurnCanBeHidden() throws {
    // A fifth of all pulses returns.
    let found = try fit { beam, azimuth in
      beam == 2 && azimuth.truncatingRemainder(dividingBy: 0.5) >= 0.1
    }
    #expect(sectors(found) == [[2, 0, 360]])
  }

  @Test func beamsThatSeeFarAreNotHiddenByTheSky() throws {
    let found = try fit { beam, azimuth in beam == 0 && azimuth < 50 }
    #expect(found.hidden != nil && found.sensor.egoSectors.isEmpty)
  }

  @Test func whatOneDriveSeesIsNotHidden() throws {
    let open: @Sendable (Int, Double) -> Bool = { beam, azimuth in
      beam == 2 && (200..<210).contains(azimuth)
    }
    let found = try fit(lastHides: open) { beam, azimuth in
      beam == 2 && (190..<210).contains(azimuth)
    }
    #expect(sectors(found) == [[2, 200, 210]])
  }

  @Test func gapsOfOneBinAreClosedAndRunsOfOneLeftOut() throws {
    let found = try fit { beam, azimuth in
      beam == 1
        && ((60..<64).contains(azimuth) && !(62..<62.5).contains(azimuth)
          || (80..<80.5).contains(azimuth))
    }
    #expect(sectors(found) == [[1, 60, 64]])
  }

  @Test(arguments: [(scans: 19, drives: 5), (scans: 24, drives: 4)])
  func fewScansOrDrivesLeaveSectorsAsTheyAreElsewhere(scans: Int, drives: Int) throws {
    let like = try SensorTable(
      yaml: table.yaml.replacingOccurrences(
        of: "beams:\n", with: "ego_sectors:\n  - {beam: 1, azimuth_deg: [10, 20]}\nbeams:\n"
      ).replacingOccurrences(of: "source: \"\"", with: "source: none"))
    let hides: @Sendable (Int, Double) -> Bool = { beam, azimuth in beam == 2 && azimuth < 30 }
    let found = try fit(scans: scans, drives: drives, like: like, hiding: hides)
    #expect(found.hidden == nil && sectors(found) == [[1, 10, 20]])
    #expect(try sectors(fit(scans: scans, drives: drives, hiding: hides)).isEmpty)
  }
}
