import Packets
import Sensors
import Testing

@Suite struct VelodyneModelTests {
  /// A packet of blocks with one flag, whose values all are `distance` units away.
  static func packet(
    banks: [UInt8] = [0xee], time: Int = 0, step: Int = 20, start: Int = 1000,
    blocksPerFiring: Int? = nil, mode: UInt8 = 0x37, product: UInt8 = 0x22, distance: Int = 2000
  ) -> [UInt8] {
    let group = blocksPerFiring ?? banks.count
    var bytes: [UInt8] = []
    for block in 0..<12 {
      bytes += [0xff, banks[block * banks.count / group % banks.count]]
      bytes += little((start + step * (block / group)) % 36_000, 2)
      for channel in 0..<32 { bytes += little(distance, 2) + [UInt8(channel)] }
    }
    return bytes + little(time, 4) + [mode, product]
  }

  private static func little(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  @Test(
    arguments: [
      ([0xee], 1327.104, 0x37, 0x21, .vlp16), ([0xee], 1327.104, 0x37, 0x22, .vlp16),
      ([0xee], 1327.104, 0x37, 0x24, .puckHiRes), ([0xee], 1327.104, 0x00, 0x00, .vlp16),
      ([0xee], 663.552, 0x39, 0x22, .vlp16), ([0xee], 552.96, 0x37, 0x22, .hdl32E),
      ([0xee], 663.552, 0x37, 0x28, .vlp32C), ([0xee], 663.552, 0x37, 0x22, .vlp32C),
      ([0xee], 331.776, 0x39, 0x28, .vlp32C), ([0xee, 0xdd], 288, 0x56, 0x11, .hdl64ES2),
      ([0xee, 0xdd], 345.6, 0x56, 0x11, .hdl64ES3),
      ([0xee, 0xdd, 0xcc, 0xbb], 159.9, 0x37, 0xa1, .vls128),
    ] as [([UInt8], Double, UInt8, UInt8, VelodyneModel)])
  func theModelIsRecognisedByWhatItSends(
    banks: [UInt8], interval: Double, mode: UInt8, product: UInt8, model: VelodyneModel
  ) throws {
    var recognition = VelodyneRecognition()
    for number in 0..<16 {
      let bytes = Self.packet(
        banks: banks, time: Int(Double(number) * interval), start: 1000 + 240 * number,
        blocksPerFiring: mode == 0x39 ? 2 : nil, mode: mode, product: product)
      recognition.observe(try VelodynePacket(bytes))
    }
    #expect(recognition.model == model)
  }

  @Test func anHDL64EWithTwoReturnsIsAnS3() throws {
    var recognition = VelodyneRecognition()
    for number in 0..<16 {
      let bytes = Self.packet(
        banks: [0xee, 0xdd], time: Int(Double(number) * 172.8), start: 1000 + 60 * number,
        blocksPerFiring: 4, mode: 0, product: 0)
      recognition.observe(try VelodynePacket(bytes))
    }
    #expect(recognition.model == .hdl64ES3)
  }

  @Test func onePacketWithoutAClockIsJudgedByItsHalves() throws {
    var recognition = VelodyneRecognition()
    #expect(recognition.model == nil)
    recognition.observe(try VelodynePacket(Self.packet(product: 0)))
    #expect(recognition.model == .vlp16)
  }

  @Test(arguments: ["vlp16", "hdl32e"])
  func aBundledTableHasTheAnglesOfTheModel(name: String) throws {
    let table = try SensorCatalogue.bundled.named(name)
    let model: VelodyneModel = name == "vlp16" ? .vlp16 : .hdl32E
    let calibration = try VelodyneCalibration(table, for: model)
    let nominal = try #require(VelodyneCalibration.nominal(model))
    #expect(calibration.rings == nominal.rings)
    for (laser, other) in zip(calibration.lasers, nominal.lasers) {
      #expect(abs(laser.elevation - other.elevation) < 0.011)
    }
  }

  @Test func beamsOfTwoBlocksThatAlternateFindTheirLasers() throws {
    let table = try SensorCatalogue.bundled.named("hdl64e-s2-sztaki")
    let calibration = try VelodyneCalibration(
      table, for: .hdl64ES2, distanceCorrections: (0..<64).map { Double($0) / 100 })
    // As in the sensor's own calibration: laser, ring, elevation, rotational correction.
    let known = [(29, 0, 4.9701, 2.5149), (0, 27, -8.7686, -7.1559), (61, 28, -9.0717, 2.5722)]
    for (laser, ring, elevation, correction) in known {
      #expect(calibration.rings[laser] == ring)
      #expect(calibration.lasers[laser].elevation == elevation)
      #expect(calibration.lasers[laser].rotationalCorrection == correction)
      #expect(calibration.lasers[laser].distanceCorrection == Double(laser) / 100)
    }
    #expect(calibration.lasers[11].elevation == -9.3397)
  }

  @Test func aTableOfAnotherSensorIsRefused() throws {
    let table = try SensorCatalogue.bundled.named("vlp16")
    let error = #expect(throws: PacketsError.self) {
      try VelodyneCalibration(table, for: .hdl64ES3)
    }
    #expect(error?.code == .uncalibrated && error?.message.contains("16 beams") == true)
  }

  @Test(arguments: [90, .infinity, .nan] as [Double])
  func anglesThatCannotBeAreRefused(elevation: Double) {
    let error = #expect(throws: PacketsError.self) {
      try VelodyneCalibration(lasers: [.init(elevation: elevation)])
    }
    #expect(error?.code == .uncalibrated)
  }
}
