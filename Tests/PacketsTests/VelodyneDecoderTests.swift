import Packets
import TestSupport
import Testing

@Suite struct VelodyneDecoderTests {
  private func decoder(
    _ model: VelodyneModel, keepsRepeatedReturns: Bool = false
  ) throws -> VelodyneDecoder {
    try VelodyneDecoder(
      model, calibration: #require(VelodyneCalibration.nominal(model)),
      keepsRepeatedReturns: keepsRepeatedReturns)
  }

  @Test func aVLS128FiresEightAtATimeWithAPauseInTheMiddle() throws {
    let bytes = VelodyneModelTests.packet(
      banks: [0xee, 0xdd, 0xcc, 0xbb], step: 21, product: 0xa1)
    let points = try decoder(.vls128).points(of: try VelodynePacket(bytes), time: 1_000_000)
    try #require(points.count == 384)
    #expect(points[0].time == 1_000_000 - 8700)
    #expect(points[63].time == 1_000_000 - 8700 + 7 * 2665)
    #expect(points[64].time == 1_000_000 - 8700 + 9 * 2665)
    #expect(points[128].time == 1_000_000 - 8700 + 53_300)
    // The sensor has turned 16 of 20 parts of 0.21 degrees between the first and the last group.
    #expect(abs(points[120].azimuth - points[0].azimuth - 0.21 * 0.8) < 1e-3)
    // The units are 4 mm: 2000 of them are 8 m.
    #expect(abs(points[0].x * points[0].x + points[0].y * points[0].y - 61.35) < 0.1)
  }

  @Test func aVLS128WithTwoReturnsTurnsFromPacketToPacket() throws {
    let flags: [UInt8] = [0xee, 0xee, 0xdd, 0xdd, 0xcc, 0xcc, 0xbb, 0xbb]
    var assembler = VelodyneAssembler(try decoder(.vls128))
    for number in 0..<20 {
      var bytes = VelodyneModelTests.packet(
        time: Int(53.3 * Double(number)), step: 0, start: 1000 + 20 * number, mode: 0x39,
        product: 0xa1)
      for (block, flag) in flags.enumerated() { bytes[block * 100 + 1] = flag }
      bytes.replaceSubrange(800..<1200, with: [UInt8](repeating: 0, count: 400))
      #expect(assembler.receive(try VelodynePacket(bytes), captureTime: nil).isEmpty)
    }
    let sweep = try #require(assembler.finish().first)
    try #require(sweep.points.count == 20 * 128)
    #expect(sweep.counts.received == 20 && sweep.counts.lost == 0)
    let last = sweep.points.suffix(128)
    let turned = try #require(last.last).azimuth - #require(last.first).azimuth
    #expect(abs(turned - 2 * 6.354 * -1 - 0.2 * 0.8) < 0.01)
  }

  @Test(arguments: [true, false])
  func aReturnThatRepeatsTheFirstIsOnePointUnlessAsked(isKept: Bool) throws {
    var bytes = VelodyneModelTests.packet(blocksPerFiring: 2, mode: 0x39)
    // The second return of the first value is elsewhere, and of the second value weaker.
    bytes[104] = 1
    bytes[109] = 77
    let decoder = try decoder(.vlp16, keepsRepeatedReturns: isKept)
    let points = decoder.points(of: try VelodynePacket(bytes), time: 0)
    #expect(points.count == (isKept ? 384 : 194))
    #expect(points.count { $0.returnIndex == 1 } == (isKept ? 192 : 2))
    #expect(points[32].returnIndex == 1 && points[32].time == 0)
    #expect(points[33].intensity == 77)
    let last: Int64 = 5 * 110_592 + 55_296 + 15 * 2304
    #expect(points.last?.time == last)
  }

  @Test func anHDL64EWithTwoReturnsIsKnownByItsAzimuths() throws {
    let calibration = try VelodyneEncoder.madeUp()
    let decoder = try VelodyneDecoder(.hdl64ES3, calibration: calibration)
    let bytes = VelodyneModelTests.packet(
      banks: [0xee, 0xdd], blocksPerFiring: 4, mode: 0, product: 0)
    var alternating = bytes
    for block in 0..<12 { alternating[block * 100 + 1] = block % 2 == 0 ? 0xee : 0xdd }
    #expect(decoder.isDual(try VelodynePacket(alternating)))
    let points = decoder.points(of: try VelodynePacket(alternating), time: 0)
    #expect(points.count == 192)
    let last: Int64 = 2 * 57_600 + 7 * 7200 + 3660
    #expect(points.map(\.time).max() == last)
  }

  @Test func azimuthsGoOnOverTheFullTurn() throws {
    let bytes = VelodyneModelTests.packet(step: 40, start: 35_990)
    let points = try decoder(.vlp16).points(of: try VelodynePacket(bytes), time: 0)
    for (number, point) in points.enumerated() {
      let nanoseconds = Double(number / 16 * 55_296 + number % 16 * 2304)
      let exact = 359.9 + 0.4 * nanoseconds / 110_592
      let difference = Double(point.azimuth) - exact.truncatingRemainder(dividingBy: 360)
      #expect(abs(difference) < 1e-3)
    }
  }

  @Test func aFullTurnIsAnAzimuthOfZero() throws {
    var bytes = VelodyneModelTests.packet(step: 0, start: 0)
    for block in 0..<12 {
      bytes.replaceSubrange((block * 100 + 2)..<(block * 100 + 4), with: [0xa0, 0x8c])
    }
    let points = try decoder(.hdl32E).points(of: try VelodynePacket(bytes), time: 0)
    #expect(points.count == 384 && points.allSatisfy { $0.azimuth == 0 })
  }

  @Test func distancesOfZeroAreNoPoints() throws {
    let none = VelodyneModelTests.packet(distance: 0)
    #expect(try decoder(.vlp16).points(of: try VelodynePacket(none), time: 0).isEmpty)
  }

  @Test func blocksThatAreDamagedAreLeftOut() throws {
    var bytes = VelodyneModelTests.packet()
    bytes[101] = 7
    bytes.replaceSubrange(202..<204, with: [0xff, 0xff])
    let points = try decoder(.vlp16).points(of: try VelodynePacket(bytes), time: 0)
    #expect(points.count == 320)
    #expect(points[32].time == 3 * 110_592)
  }

  @Test func everyOtherSizeIsRefused() {
    for size in 0...1300 where size != VelodynePacket.byteCount {
      let error = #expect(throws: PacketsError.self) {
        try VelodynePacket([UInt8](repeating: 0xee, count: size))
      }
      #expect(error?.code == .unsupported)
    }
  }
}
