import Foundation
import Packets
import Sensors
import TestSupport
import Testing

@Suite struct OusterMetadataTests {
  private let encoder = OusterEncoder(.dual)

  private static let plain = [
    "beam_altitude_angles": "[3, 1, -1]", "beam_azimuth_angles": "[2, 0, -2]",
    "lidar_mode": "\"1024x20\"",
  ]

  /// The metadata of three beams with some entries changed.
  private static func metadata(_ changes: [String: String?] = [:]) throws -> OusterMetadata {
    let entries = plain.merging(changes.compactMapValues { $0 }) { $1 }
      .filter { changes[$0.key] != .some(nil) }
    let text = entries.map { "\"\($0)\": \($1)" }.joined(separator: ", ")
    return try OusterMetadata(json: Array("{\(text)}".utf8), path: "a.json")
  }

  @Test func bothFormsSayTheSame() throws {
    let nested = try OusterMetadata(json: encoder.json(isNested: true))
    #expect(try OusterMetadata(json: encoder.json(isNested: false)) == nested)
    #expect(nested.productLine == "OS-1-5-U1" && nested.serialNumber == 992_137_000_142)
    #expect(nested.format.profile == .dual && nested.format.header == .standard)
    #expect(nested.format.columnsPerPacket == 16 && nested.format.pixelsPerColumn == 5)
    #expect(nested.columnsPerFrame == 512 && nested.columnWindow == [0, 511])
    #expect(nested.altitudes == OusterEncoder.altitudes && nested.frameRate == 10)
    #expect(nested.azimuths == OusterEncoder.azimuths && nested.pixelShifts == [4, 1, -2, -5, 1])
    #expect(nested.beamOriginRadius == 0.02767 && nested.beamOriginHeight == 0.0045)
    #expect(nested.hasCalibratedReflectivity && nested.name == "Ouster OS-1-5-U1")
    let isNear = zip(nested.lidarToSensor, OusterEncoder.lidarToSensor)
      .allSatisfy { abs($0 - $1) < 1e-12 }
    #expect(isNear && nested.lidarToSensor.count == 16)
  }

  @Test func whatTheFirstSensorsDidNotSayIsWhatTheyWereBuiltTo() throws {
    let metadata = try Self.metadata()
    #expect(metadata.format.profile == .legacy && metadata.format.header == .none)
    #expect(metadata.format.columnsPerPacket == 16 && metadata.format.pixelsPerColumn == 3)
    #expect(metadata.format.byteCount == 16 * (16 + 3 * 12 + 4))
    #expect(metadata.columnsPerFrame == 1024 && metadata.frameRate == 20)
    #expect(metadata.beamOriginRadius == 0.012163 && metadata.beamOriginHeight == 0)
    #expect(metadata.lidarToSensor == [-1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1, 0.03618, 0, 0, 0, 1])
    #expect(metadata.serialNumber == nil && metadata.name == "Ouster of 3 beams")
    #expect(!metadata.hasCalibratedReflectivity)
  }

  @Test(arguments: [("OS-0-32-U1", 0.02767), ("OS-1-64", 0.015806), ("OS-2-128", 0.013762)])
  func theBeamsOriginFollowsFromTheProductLine(_ line: String, _ radius: Double) throws {
    let metadata = try Self.metadata(["prod_line": "\"\(line)\""])
    #expect(abs(metadata.beamOriginRadius - radius) < 1e-12)
  }

  @Test(
    arguments: [
      ("v1.13.0", false), ("v2.0.0", false), ("v2.1.0-rc.1", true), ("v2.2.0", true),
      ("v3.0.1", true), ("unknown", false),
    ])
  func legacyReflectivitiesAreCalibratedFromFirmware21On(_ text: String, _ isSo: Bool) throws {
    let metadata = try Self.metadata(["build_rev": "\"\(text)\""])
    #expect(metadata.hasCalibratedReflectivity == isSo)
  }

  @Test(
    arguments: [
      ("beam_altitude_angles", nil, "beam_altitude_angles"),
      ("beam_azimuth_angles", "[1, 2]", "2 angles for 3"),
      ("beam_altitude_angles", "[90, 0, 1]", "90 degrees"),
      ("beam_azimuth_angles", "[181, 0, 1]", "180 degrees"), ("lidar_mode", nil, "lidar_mode"),
      ("lidar_mode", "\"1024\"", "1024x10"), ("lidar_mode", "\"99999x10\"", "99999"),
      ("lidar_mode", "\"0x10\"", "0"), ("lidar_mode", "\"512xnan\"", "turns"),
      ("lidar_mode", "\"9999999999999999999x10\"", "1024x10"), ("fps", "0", "turns"),
      ("columns_per_packet", "0", "columns_per_packet"),
      ("columns_per_packet", "2048", "columns_per_packet"),
      ("pixels_per_column", "300", "pixels_per_column"), ("column_window", "[0]", "column_window"),
      ("column_window", "[0, 1024]", "column_window"),
      ("column_window", "[-1, 5]", "column_window"),
      ("beam_to_lidar_transform", "[1, 2]", "beam_to_lidar_transform"),
      ("lidar_to_sensor_transform", "[2,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1]", "number 0"),
      ("lidar_origin_to_beam_origin_mm", "1e9", "lidar_origin_to_beam_origin_mm"),
      ("pixel_shift_by_row", "[1]", "pixel_shift_by_row"),
    ] as [(String, String?, String)])
  func whatCannotBeIsRefusedAndNamed(_ name: String, _ value: String?, _ part: String) {
    let error = #expect(throws: PacketsError.self) { try Self.metadata([name: value]) }
    #expect(error?.code == .uncalibrated && error?.path == "a.json")
    #expect(error?.message.contains(part) == true)
  }

  @Test(arguments: ["udp_profile_lidar", "header_type"])
  func whatIsNotReadIsNamed(_ name: String) {
    let error = #expect(throws: PacketsError.self) { try Self.metadata([name: "\"OTHER\""]) }
    #expect(error?.code == .unsupported && error?.message.contains("OTHER") == true)
  }

  @Test(
    arguments: [
      ("beam_altitude_angles", "[1, \"x\", 3]"), ("lidar_mode", "5"), ("data_format", "[]"),
      ("column_window", "[0, 1e300]"), ("fps", "1e999"), ("columns_per_frame", "1.5"),
    ])
  func anotherKindOfValueIsDamage(_ name: String, _ value: String) {
    let error = #expect(throws: PacketsError.self) { try Self.metadata([name: value]) }
    #expect(error?.code == .damaged && error?.message.isEmpty == false)
  }

  @Test func everyTruncationIsRefused() {
    let whole = encoder.json()
    for length in 0..<whole.count {
      #expect(throws: PacketsError.self) { try OusterMetadata(json: Array(whole[..<length])) }
    }
  }

  @Test(arguments: [[UInt8](), Array("[]".utf8), Array("null".utf8), [0xff, 0xfe, 0]])
  func whatIsNoObjectIsRefused(_ bytes: [UInt8]) {
    #expect(throws: PacketsError.self) { try OusterMetadata(json: bytes) }
  }

  @Test func nestingWithoutEndIsRefused() {
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 200_000)
    #expect(throws: PacketsError.self) { try OusterMetadata(json: deep) }
    let long = encoder.json() + [UInt8](repeating: 32, count: 5 << 20)
    let error = #expect(throws: PacketsError.self) { try OusterMetadata(json: long) }
    #expect(error?.message.contains("too many") == true)
  }

  @Test func aFileIsReadAndOneThatIsMissingIsNamed() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(encoder.json(), to: "sensor.json")
    #expect(try OusterMetadata(path: path) == encoder.metadata())
    let error = #expect(throws: PacketsError.self) { try OusterMetadata(path: "/no/such.json") }
    #expect(error?.code == .unreadable && error?.path == "/no/such.json")
  }

  @Test func theSensorsTableHasItsBeamsFromTopToBottom() throws {
    let table = try SensorTable(encoder.metadata())
    #expect(table.name == "os-1-5-u1")
    #expect(table.beams.map(\.elevation) == [10.5, 5.875, 3.25, -2.125, -15.75])
    #expect(table.beams.map(\.azimuthOffset) == [-3.125, 3.5, -1, 1.25, -0.5])
    // The beam begins 27.67 mm from the axis and 4.5 mm up, in a frame 36.18 mm up.
    let height = 0.03618 + 0.0045 - 0.02767 * tan(10.5 * .pi / 180)
    #expect(abs(table.beams[0].verticalOffset - height) < 1e-9)
  }
}
