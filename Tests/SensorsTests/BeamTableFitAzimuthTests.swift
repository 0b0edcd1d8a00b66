import PointClouds
import Sensors
import Testing

/// Offsets that the encoder tells.
@Suite struct BeamTableFitAzimuthTests {
  /// Some beams of KITTI's sensor, from all of its height.
  private let table: SensorTable

  init() throws {
    let kitti = try SensorCatalogue.bundled.named("hdl64e-kitti")
    table = try SensorTable(
      name: "some", beams: stride(from: 0, to: 64, by: 9).map { kitti.beams[$0] })
  }

  private func fit(
    _ scanner: EncoderScanner, scans: Int = 10, like: SensorTable? = nil
  ) throws -> FittedBeamTable {
    var fit = BeamTableFit(like: like)
    for seed in 1...UInt64(scans) { fit.add(scanner.scan(seed: seed)) }
    return try fit.result(named: "fitted", title: "Fitted")
  }

  /// A table of the same beams with other offsets.
  private func likeTable() throws -> SensorTable {
    try SensorTable(
      name: "like",
      beams: table.beams.map {
        SensorTable.Beam(
          elevation: $0.elevation, azimuthOffset: 1.25, verticalOffset: $0.verticalOffset,
          horizontalOffset: 0.0125)
      })
  }

  /// How far left each beam was found of where it is, in degrees.
  private func turns(_ found: FittedBeamTable) -> [Double] {
    zip(found.sensor.beams, table.beams).map { $0.azimuthOffset - $1.azimuthOffset }
  }

  @Test(arguments: [4000, 2880])
  func offsetsAreRecoveredUpToACommonTurn(counts: Int) throws {
    let found = try fit(EncoderScanner(table: table, counts: counts))
    #expect(found.encoder?.countsPerTurn == counts)
    #expect(found.encoder?.horizontalOffsets == 8 && found.encoder?.azimuthOffsets == 8)
    for (beam, expected) in zip(found.sensor.beams, table.beams) {
      #expect(abs(beam.horizontalOffset - expected.horizontalOffset) < 3e-4)
    }
    let turns = turns(found)
    for turn in turns { #expect(abs(turn - turns[0]) < 0.005, "\(turns)") }
    // A turn of whole counts: it changes nothing that can be seen.
    let count = turns[0] * Double(counts) / 360
    #expect(abs(count - count.rounded()) < 0.1)
    let offsets = found.sensor.beams.map(\.azimuthOffset)
    let sum = (offsets.max() ?? 1) + (offsets.min() ?? 1)
    #expect(abs(sum) <= 360 / Double(counts) + 0.01, "\(offsets)")
    #expect(found.rings.allSatisfy { ($0.coherence ?? 0) > 0.9 })
  }

  @Test func manyScansTellNoLess() throws {
    let found = try fit(EncoderScanner(table: table), scans: 45)
    #expect(found.encoder?.azimuthOffsets == 8)
    let turns = turns(found)
    for turn in turns { #expect(abs(turn - turns[0]) < 0.005, "\(turns)") }
  }

  @Test func fewScansLeaveOffsetsAsTheyAreElsewhere() throws {
    let like = try likeTable()
    let found = try fit(EncoderScanner(table: table), scans: 9, like: like)
    #expect(found.encoder == nil && found.rings.allSatisfy { $0.coherence == nil })
    for beam in found.sensor.beams {
      #expect(beam.azimuthOffset == 1.25 && beam.horizontalOffset == 0.0125)
    }
    let alone = try fit(EncoderScanner(table: table), scans: 9).sensor
    #expect(alone.beams.allSatisfy { $0.azimuthOffset == 0 && $0.horizontalOffset == 0 })
  }

  @Test func stepsOfOneLengthTellNoOffsets() throws {
    let like = try likeTable()
    let found = try fit(EncoderScanner(table: table, shortSteps: 0, losses: 0), like: like)
    #expect(found.sensor.azimuthSteps.count == 1 && found.encoder == nil)
    #expect(found.sensor.beams.allSatisfy { $0.azimuthOffset == 1.25 })
  }

  @Test func aBeamThatFiresByItselfKeepsTheAzimuthOffsetOfTheOther() throws {
    let found = try fit(EncoderScanner(table: table, loners: [3]), like: try likeTable())
    #expect(found.encoder?.horizontalOffsets == 8 && found.encoder?.azimuthOffsets == 7)
    #expect(found.sensor.beams[3].azimuthOffset == 1.25)
    let expected = table.beams[3].horizontalOffset
    #expect(abs(found.sensor.beams[3].horizontalOffset - expected) < 3e-4)
    let turns = turns(found)
    for ring in turns.indices where ring != 3 { #expect(abs(turns[ring] - turns[0]) < 0.005) }
  }

  @Test func aBeamWhoseAzimuthsLieOnNoCountsKeepsBothOffsetsOfTheOther() throws {
    let found = try fit(EncoderScanner(table: table, shaky: [5]), like: try likeTable())
    #expect(found.encoder?.horizontalOffsets == 7 && found.rings[5].coherence == nil)
    #expect(found.sensor.beams[5].azimuthOffset == 1.25)
    #expect(found.sensor.beams[5].horizontalOffset == 0.0125)
    #expect(found.rings[4].coherence != nil)
  }
}
