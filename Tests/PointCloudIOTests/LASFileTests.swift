import Foundation
import PointCloudIO
import PointClouds
import TestSupport
import Testing

/// LAS files; those of the folder Fixtures are by `tools/goldens/las_points.py`.
@Suite struct LASFiles {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func fixture(_ format: Int) throws -> [UInt8] {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return try [UInt8](Data(contentsOf: url.appending(path: "Fixtures/format\(format).las")))
  }

  private func read(_ bytes: [UInt8]) throws -> ReadScan {
    try ScanFile.read(folder.write(bytes, to: "scan.bin"))
  }

  private func values(_ cloud: PointCloud, _ name: String) -> [Double]? {
    cloud.extraFields.first { $0.name == name }?.values
  }

  @Test(arguments: 0...10)
  func everyPointFormatIsReadAsItsOwnProgramSeesIt(format: Int) throws {
    let result = try read(Self.fixture(format))
    let cloud = result.scan.cloud
    let numbers = 0..<7
    #expect(result.format == .las && result.damage == nil)
    // Half a millimetre, and what a Float adds to it at some metres.
    for number in numbers {
      let index = Double(number)
      let x = Double(cloud.x[number]) + (values(cloud, "origin_x")?[number] ?? 0)
      let y = Double(cloud.y[number]) + (values(cloud, "origin_y")?[number] ?? 0)
      #expect(abs(x - (548_000.125 + index * 1.001)) < 0.000_51)
      #expect(abs(y - (4_184_000.25 - index * 0.503)) < 0.000_51)
      #expect(abs(Double(cloud.z[number]) - (12.5 + index * 0.002)) < 0.000_51)
      #expect(abs(cloud.x[number]) < 4 && abs(cloud.y[number]) < 4)
    }
    #expect(values(cloud, "origin_x") == [Double](repeating: 548_003, count: 7))
    #expect(values(cloud, "origin_y") == [Double](repeating: 4_183_999, count: 7))
    #expect(values(cloud, "origin_z") == nil)
    #expect(result.notes.contains("x is counted from 548003"))
    #expect(cloud.intensity == numbers.map { Float($0 * 9000) })
    #expect(cloud.returnIndex == numbers.map { UInt8($0 % 3) })
    #expect(result.scan.labels == numbers.map { PointLabel(semantic: UInt16(2 + $0)) })
    #expect(values(cloud, "number_of_returns") == [Double](repeating: 3, count: 7))
    #expect(values(cloud, "user_data") == numbers.map { Double(10 + $0) })
    #expect(values(cloud, "point_source_id") == [Double](repeating: 513, count: 7))
  }

  @Test(arguments: 0...10)
  func timesColoursAndAnglesAreReadWhereTheFormatHasThem(format: Int) throws {
    let cloud = try read(Self.fixture(format)).scan.cloud
    let numbers = 0..<7
    let hasTime = ![0, 2].contains(format)
    #expect(cloud.time == (hasTime ? numbers.map { Float($0) * 0.125 } : nil))
    #expect(
      values(cloud, "gps_time")
        == (hasTime ? numbers.map { 300_000 + Double($0) * 0.125 } : nil))
    let hasColour = [2, 3, 5, 7, 8, 10].contains(format)
    for (step, name) in [(100, "red"), (200, "green"), (300, "blue")] {
      #expect(values(cloud, name) == (hasColour ? numbers.map { Double(step * $0) } : nil))
    }
    let hasInfrared = format == 8 || format == 10
    #expect(values(cloud, "nir") == (hasInfrared ? numbers.map { Double(400 * $0) } : nil))
    if format >= 6 {
      #expect(values(cloud, "scan_angle") == numbers.map { Double($0 * 500) * 0.006 })
      #expect(values(cloud, "class_flags") == numbers.map { Double($0 % 2 * 8) })
      #expect(values(cloud, "scanner_channel") == numbers.map { Double($0 % 4) })
    } else {
      #expect(values(cloud, "scan_angle") == numbers.map { Double($0 - 3) })
      #expect(values(cloud, "class_flags") == numbers.map { Double($0 % 2 * 2) })
    }
  }

  @Test(arguments: LASVersion.allCases, [1, 6])
  func aWrittenFileComesBackWithEverythingThatBothFormatsHave(
    version: LASVersion, format: Int
  ) throws {
    var scan = try read(Self.fixture(format)).scan
    // Old formats have no channel and no flag of overlap.
    if format == 6, version == .v12 {
      scan.cloud.extraFields.removeAll { ["class_flags", "scanner_channel"].contains($0.name) }
    }
    // Angles are in degrees in one, and in steps of 0.006 degrees in the other.
    if (format == 6) != (version == .v14) {
      scan.cloud.extraFields.removeAll { $0.name == "scan_angle" }
    }
    let again = try read(LASWriting.bytes(of: scan, version: version)).scan
    #expect(again.labels == scan.labels)
    #expect(again.cloud.intensity == scan.cloud.intensity)
    #expect(again.cloud.time == scan.cloud.time)
    #expect(again.cloud.returnIndex == scan.cloud.returnIndex)
    for (axis, other) in [
      (scan.cloud.x, again.cloud.x), (scan.cloud.y, again.cloud.y), (scan.cloud.z, again.cloud.z),
    ] {
      #expect(zip(axis, other).allSatisfy { abs($0 - $1) <= 0.000_051 })
    }
    let sorted = { (cloud: PointCloud) in cloud.extraFields.sorted { $0.name < $1.name } }
    #expect(sorted(again.cloud) == sorted(scan.cloud))
    #expect(ScanFormat.las.lost(of: scan).isEmpty)
  }

  @Test func coordinatesOfAScannerStayInItsFrameToATenthOfAMillimetre() throws {
    let scan = SampleScans.full(300)
    let path = folder.path("scan")
    var kept = scan
    kept.labels = scan.labels?.map { PointLabel(semantic: min(255, $0.semantic)) }
    try ScanFile.write(kept, to: path, as: .las)
    let result = try ScanFile.read(path)
    let cloud = result.scan.cloud
    for (axis, other) in [
      (scan.cloud.x, cloud.x), (scan.cloud.y, cloud.y), (scan.cloud.z, cloud.z),
    ] {
      #expect(zip(axis, other).allSatisfy { abs($0 - $1) <= 0.000_055 })
    }
    // Shares of 1 are spread over 16 bits.
    #expect(
      zip(scan.cloud.intensity, cloud.intensity).allSatisfy { abs($0 - $1 / 65_535) < 1e-5 })
    #expect(result.scan.labels == kept.labels)
    #expect(cloud.returnIndex == scan.cloud.returnIndex)
    #expect(cloud.time == scan.cloud.time)
  }

  @Test func whatLASLosesIsNamed() {
    let scan = SampleScans.full(2)
    let extra = scan.cloud.extraFields.map(\.name)
    #expect(ScanFormat.las.lost(of: scan) == ["ring", "instance"] + extra)
    #expect(ScanFormat.las.lost(of: SampleScans.plain(2)).isEmpty)
  }

  @Test(arguments: [0, 1])
  func theOldestVersionsAreReadAsTheirFollower(minor: UInt8) throws {
    var bytes = try Self.fixture(1)
    let scan = try read(bytes).scan
    bytes[25] = minor
    #expect(try read(bytes).scan == scan)
  }

  @Test func noPointsAreAScan() throws {
    for version in LASVersion.allCases {
      let result = try read(LASWriting.bytes(of: Scan(cloud: PointCloud()), version: version))
      #expect(result.scan.cloud.count == 0)
      #expect(result.damage == nil)
    }
  }

  @Test func whatLASCannotHoldIsRefusedWithARemedy() throws {
    var scan = SampleScans.plain(3)
    scan.cloud.y[1] = .nan
    let error = #expect(throws: PointCloudIOError.self) { try LASWriting.bytes(of: scan) }
    #expect(error?.code == .unsupported)
    scan.cloud.y[1] = 1
    scan.labels = [PointLabel(semantic: 32), .unlabelled, .unlabelled]
    #expect(try LASWriting.bytes(of: scan).count == 375 + 90)
    #expect(throws: PointCloudIOError.self) { try LASWriting.bytes(of: scan, version: .v12) }
    scan.labels?[0] = PointLabel(semantic: 256)
    #expect(throws: PointCloudIOError.self) { try LASWriting.bytes(of: scan) }
  }

  @Test func compressedFilesAreNamedAndHowToReadThem() throws {
    var bytes = try Self.fixture(1)
    bytes[104] |= 0x80
    let error = #expect(throws: PointCloudIOError.self) { try read(bytes) }
    #expect(error?.code == .unsupported)
    #expect(error?.message.contains("LAZ") == true)
    #expect(error?.remedy.contains("laszip") == true)
  }

  @Test(
    arguments: [
      (24, [2]), (25, [5]), (94, [100, 0]), (94, [255, 255]), (96, [0, 0, 0, 0]),
      (96, [255, 255, 255, 255]), (104, [11]), (105, [27, 0]),
      (131, [0, 0, 0, 0, 0, 0, 0, 0]), (131, [0, 0, 0, 0, 0, 0, 0xF0, 0x7F]),
      (155, [0, 0, 0, 0, 0, 0, 0xF8, 0x7F]),
    ] as [(Int, [UInt8])])
  func aHeaderThatContradictsItselfIsRefused(place: Int, bytes: [UInt8]) throws {
    var file = try Self.fixture(1)
    file.replaceSubrange(place..<place + bytes.count, with: bytes)
    let error = #expect(throws: PointCloudIOError.self) { try read(file) }
    // Both bytes of a version, and all numbers of the scaling, are told as one.
    #expect(error?.offset == [25: 24, 155: 131][place] ?? place)
  }

  @Test func pointsThatAreOnlyClaimedAreNotRead() throws {
    var old = try Self.fixture(1)
    for place in 107..<111 { old[place] = 0xFF }
    var new = try Self.fixture(6)
    for place in 247..<255 { new[place] = 0xFF }
    for bytes in [old, new] {
      let result = try read(bytes)
      #expect(result.scan.cloud.count == 7)
      #expect(result.damage?.offset == bytes.count)
    }
  }

  @Test(arguments: [1, 3, 8])
  func aFileCutAtAnyByteGivesItsWholePointsOrAnError(format: Int) throws {
    let bytes = try Self.fixture(format)
    let whole = try read(bytes).scan.labels ?? []
    for count in 0..<bytes.count {
      do {
        let result = try read(Array(bytes[..<count]))
        #expect(result.damage != nil, "cut at \(count)")
        #expect(result.scan.labels == Array(whole.prefix(result.scan.cloud.count)))
      } catch {
        // The longest header, a variable-length record, and a point.
        #expect(count < 375 + 59 + 38)
      }
    }
  }

  @Test(arguments: 0...10)
  func flippedBitsNeverCrash(format: Int) throws {
    var mutants = Mutants(seed: UInt64(format))
    let sample = try Self.fixture(format)
    for _ in 0..<fuzzRounds(usually: 200) {
      fuzzLAS(mutants.flipped(mutants.flipped(sample)))
      fuzzLAS(mutants.damaged(sample, reach: sample.count))
    }
  }
}
