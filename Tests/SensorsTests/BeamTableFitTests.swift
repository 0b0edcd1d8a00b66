import Foundation
import PointClouds
import Sensors
import Testing

@Suite struct BeamTableFitTests {
  private let kitti: SensorTable

  init() throws {
    kitti = try SensorCatalogue.bundled.named("hdl64e-kitti")
  }

  private func fit(
    _ clouds: [PointCloud], like: SensorTable? = nil
  ) throws(SensorsError) -> FittedBeamTable {
    var fit = BeamTableFit(like: like)
    for cloud in clouds { fit.add(cloud) }
    return try fit.result(named: "fitted", title: "Fitted")
  }

  /// The largest errors of a table's beams: in degrees, and in metres.
  private func errors(
    _ found: FittedBeamTable, of table: SensorTable
  ) -> (elevation: Double, offset: Double) {
    let pairs = zip(found.sensor.beams, table.beams)
    return (
      pairs.map { abs($0.elevation - $1.elevation) }.max() ?? .infinity,
      pairs.map { abs($0.verticalOffset - $1.verticalOffset) }.max() ?? .infinity
    )
  }

  @Test(arguments: ["hdl64e-kitti", "hdl32e", "vlp16"])
  func theTableOfExactPointsIsRecovered(name: String) throws {
    let table = try SensorCatalogue.bundled.named(name)
    let scanner = WallScanner(table: table)
    let found = try fit((1...2).map { scanner.scan(seed: $0).withoutRings })
    #expect(found.sensor.beams.count == table.beams.count && found.sensor.quality == .recovered)
    let errors = errors(found, of: table)
    #expect(errors.elevation < 2e-4 && errors.offset < 2e-4, "\(errors)")
    #expect(found.residual < 1e-4 && found.scans == 2 && found.otherScans == 0)
    #expect((found.spread?.elevation ?? 1) < 1e-3 && (found.spread?.offset ?? 1) < 1e-3)
  }

  @Test func roundingWaveringAndStraysDoNotMoveTheBeams() throws {
    let scanner = WallScanner(table: kitti, rounding: 0.001, jitter: 0.003, strays: 0.05)
    let found = try fit((1...3).map { scanner.scan(seed: $0).withoutRings })
    let errors = errors(found, of: kitti)
    #expect(errors.elevation < 0.01 && errors.offset < 0.002, "\(errors)")
    #expect(found.residual < 0.005 && found.residual > 1e-4)
    #expect(found.worstResidual >= found.residual)
    #expect(found.rings[found.worstRing].residual == found.worstResidual)
  }

  @Test func ringNumbersCountForFilesInAnyOrderFromAnySide() throws {
    let table = try SensorCatalogue.bundled.named("hdl32e")
    var cloud = WallScanner(table: table).scan(seed: 1)
    cloud = cloud.reordered(
      cloud.x.indices.sorted { ($0 &* 7919) % 10_007 < ($1 &* 7919) % 10_007 })
    // From below and from 1, as some drivers do.
    cloud.ring = cloud.ring?.map { UInt16(table.beams.count) - $0 }
    let found = try fit([cloud])
    #expect(errors(found, of: table).elevation < 2e-4)
    #expect(found.sensor.beams.count == 32 && found.spread == nil)
  }

  @Test func motionCompensatedScansAreRefused() throws {
    let scanner = WallScanner(table: kitti, motion: 1)
    let refused = #expect(throws: SensorsError.self) {
      try fit([scanner.scan(seed: 1).withoutRings])
    }
    #expect(refused?.code == .unfitting)
    #expect(refused?.message.contains("motion-compensated") == true, "\(refused?.message ?? "")")
    #expect(refused?.remedy.contains("raw") == true)
  }

  @Test func aRingWithoutPointsIsNamed() throws {
    let cloud = WallScanner(table: kitti).scan(seed: 1)
    let missing = #expect(throws: SensorsError.self) { try fit([cloud.keeping { $0 != 40 }]) }
    #expect(missing?.code == .unfitting && missing?.message.contains("ring 40 has 0") == true)
    let few = try #require(cloud.ring?.lastIndex(of: 9))
    let sparse = cloud.reordered(cloud.x.indices.filter { cloud.ring?[$0] != 9 || $0 > few - 20 })
    let refused = #expect(throws: SensorsError.self) { try fit([sparse]) }
    #expect(refused?.message.contains("ring 9 has 20") == true, "\(refused?.message ?? "")")
  }

  @Test func aScanThatWasCutShortIsLeftOut() throws {
    let clouds = (1...3).map { WallScanner(table: kitti).scan(seed: $0) }
    let found = try fit([
      clouds[0].withoutRings, clouds[1].keeping { $0 < 50 }.withoutRings, clouds[2].withoutRings,
    ])
    #expect(found.scans == 2 && found.otherScans == 1)
    #expect(errors(found, of: kitti).elevation < 2e-4)
  }

  @Test func aRoomWithRoundWallsDoesNotTellWhereBeamsStart() throws {
    let scanner = WallScanner(table: kitti, distances: 20...20)
    let refused = #expect(throws: SensorsError.self) { try fit([scanner.scan(seed: 1)]) }
    #expect(refused?.message.contains("at one distance") == true)
  }

  @Test func nothingToFitIsRefused() throws {
    #expect(throws: SensorsError.self) { try fit([]) }
    #expect(throws: SensorsError.self) { try fit([PointCloud()]) }
    let flat = WallScanner(table: kitti).scan(seed: 1).keeping { $0 == 3 }.withoutRings
    let refused = #expect(throws: SensorsError.self) { try fit([flat]) }
    #expect(refused?.message.contains("1 rings") == true)
  }

  @Test func aSensorThatIsAlikeTellsRingsAndGivesTheRest() throws {
    let cloud = WallScanner(table: kitti).scan(seed: 1)
    // One firing of all beams after the other: the order says nothing of beams.
    let azimuths = cloud.x.indices.map { atan2(-Double(cloud.y[$0]), -Double(cloud.x[$0])) }
    let mixed = cloud.reordered(cloud.x.indices.sorted { azimuths[$0] < azimuths[$1] })
    #expect(throws: SensorsError.self) { try fit([mixed.withoutRings]) }
    let found = try fit([mixed.withoutRings], like: kitti)
    #expect(errors(found, of: kitti).elevation < 1e-3)
    #expect(found.sensor.egoMask == kitti.egoMask && found.sensor.energy == kitti.energy)
    #expect(found.sensor.rotationRate == 10 && found.sensor.range?.maximum == 120)
    let other = try SensorCatalogue.bundled.named("vlp16")
    let refused = #expect(throws: SensorsError.self) { try fit([cloud], like: other) }
    #expect(refused?.message.contains("64 rings, and vlp16 has 16") == true)
  }

  @Test func azimuthStepsAreFoundWithTheirShares() throws {
    let steps = [0.18, 0.18, 0.09, 0.18, 0.18, 0.18, 0.18, 0.36, 0.18, 0.18]
    let found = try fit([WallScanner(table: kitti, steps: steps).scan(seed: 1)]).sensor.azimuthSteps
    #expect(found.count == 3)
    for (step, expected) in zip(found, [(0.09, 0.1), (0.18, 0.8), (0.36, 0.1)]) {
      #expect(abs(step.step - expected.0) < 0.002 && abs(step.share - expected.1) < 0.01)
    }
    #expect(abs(found.reduce(0) { $0 + $1.share } - 1) < 1e-9)
  }

  @Test(arguments: [0.002, 0.004, 0.005, 0.02])
  func theStepOfDistancesIsFoundAmongRoundedCoordinates(quantum: Double) throws {
    let scanner = WallScanner(table: kitti, quantum: quantum, rounding: 0.001)
    #expect(try fit([scanner.scan(seed: 1)]).sensor.range?.quantum == quantum)
  }

  @Test func distancesWithoutAStepHaveNone() throws {
    let found = try fit([WallScanner(table: kitti).scan(seed: 1)]).sensor
    #expect(found.range?.quantum == 0)
    #expect((58...61).contains(found.range?.maximum ?? 0))
  }

  @Test func aWeakBeamAmongStrongOnesLacksIntensity() throws {
    let scanner = WallScanner(table: kitti, distances: 6...20) { $0 == 30 ? 0.32 : 0.5 }
    let found = try fit((1...4).map { scanner.scan(seed: $0) }).sensor
    #expect(abs(found.beams[30].intensityOffset - 0.18) < 0.002)
    #expect(found.beams.enumerated().allSatisfy { $0 == 30 || $1.intensityOffset < 0.002 })
    #expect(found.intensityMaximum == 1)
  }

  @Test func whatTwoHalvesOfTheScansContradictIsNotTold() throws {
    let dark = WallScanner(table: kitti, distances: 6...20) { $0 == 30 ? 0.1 : 0.5 }
    let bright = WallScanner(table: kitti, distances: 6...20)
    let found = try fit(
      (1...2).map { dark.scan(seed: $0) } + (3...4).map { bright.scan(seed: $0) })
    #expect(found.sensor.beams.allSatisfy { $0.intensityOffset < 0.002 })
  }

  @Test(arguments: SensorCatalogue.bundled.tables.map(\.name))
  func aTableIsTheSameAfterItWasWrittenAndRead(name: String) throws {
    let table = try SensorCatalogue.bundled.named(name)
    #expect(try SensorTable(yaml: table.yaml) == table)
  }

  @Test func everyFieldIsWritten() throws {
    let table = try SensorTable(
      yaml: SensorTableTests.valid.replacingOccurrences(
        of: "Two beams", with: #""Two: \"beams\" # \\ - {no}\n\ttabs""#))
    #expect(table.title.contains("\"beams\"") && table.title.contains("\n\t"))
    #expect(try SensorTable(yaml: table.yaml) == table)
  }
}
