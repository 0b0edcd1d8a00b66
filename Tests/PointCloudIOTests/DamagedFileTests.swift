import Foundation
import PointCloudIO
import PointClouds
import TestSupport
import Testing

/// Files that are broken in every way there is.
///
/// Each read ends with points, or with an error that says where and what to do; a crash would end
/// the whole test run.
@Suite struct DamagedFiles {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func bytes(_ scan: Scan, _ variant: Variant) throws -> [UInt8] {
    let path = folder.path("whole")
    try ScanFile.write(scan, to: path, as: variant.format, encoding: variant.encoding)
    return try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// Reads damaged bytes and holds the outcome to what every outcome must be.
  @discardableResult
  private func outcome(_ bytes: [UInt8], _ format: ScanFormat?) throws -> ReadScan? {
    let path = try folder.write(bytes, to: "damaged")
    do {
      let result = try ScanFile.read(path, as: format)
      // A point takes a byte at the very least, packed 88 times at the very most.
      #expect(result.scan.cloud.count <= 100 * max(1, bytes.count))
      if let damage = result.damage { hold(damage, path, bytes.count) }
      return result
    } catch {
      hold(error, path, bytes.count)
      return nil
    }
  }

  private func hold(_ error: PointCloudIOError, _ path: String, _ count: Int) {
    #expect(error.path == path)
    #expect(!error.message.isEmpty && !error.message.contains("\n"))
    #expect(!error.remedy.isEmpty)
    #expect((0...count).contains(error.offset ?? -1))
  }

  @Test(arguments: Variant.everyFormat)
  func aFileCutAtAnyByteGivesItsWholePointsOrAnError(variant: Variant) throws {
    let scan = SampleScans.full(12)
    let whole = try bytes(scan, variant)
    let all = try #require(try outcome(whole, variant.format)).scan
    for count in 0..<whole.count {
      let cut = Array(whole[..<count])
      try outcome(cut, nil)
      guard let result = try outcome(cut, variant.format) else { continue }
      let points = result.scan.cloud.count
      let isRevealed =
        variant.format == .pcd || variant.format == .ply
        || variant.format == .squeezeSegNpy || variant.format == .las
      // The last line of text may lack its end and still have all its values.
      let isLastLine = variant.encoding == .ascii && points == all.cloud.count
      #expect(!isRevealed || result.damage != nil || isLastLine, "cut at \(count)")
      #expect(points <= all.cloud.count)
      let sure = variant.encoding == .ascii ? max(0, points - 1) : points
      #expect(result.scan.cloud.x.prefix(sure) == all.cloud.x.prefix(sure), "cut at \(count)")
    }
  }

  @Test func thousandsOfDamagedPCDsAreReadWithoutACrash() throws {
    var mutants = Mutants(seed: 1)
    var read = 0
    for encoding in ScanEncoding.allCases {
      let variant = Variant(format: .pcd, encoding: encoding)
      let samples = try [
        bytes(SampleScans.plain(100), variant), bytes(SampleScans.full(20), variant),
      ]
      for index in 0..<fuzzRounds(usually: 400) {
        let sample = samples[index % 2]
        read += try outcome(mutants.damaged(sample), .pcd) == nil ? 0 : 1
        try outcome(mutants.flipped(sample), .pcd)
        try outcome(mutants.damaged(sample, reach: sample.count), index % 4 == 0 ? nil : .pcd)
      }
    }
    // Most changes break the header; the changes that do not must not be refused.
    let total = 3 * fuzzRounds(usually: 400)
    #expect((total / 20...total * 19 / 20).contains(read))
  }

  @Test(arguments: Variant.everyFormat.filter { $0.format != .pcd })
  func hundredsOfDamagedFilesOfEveryFormatAreReadWithoutACrash(variant: Variant) throws {
    var mutants = Mutants(seed: 2)
    let sample = try bytes(SampleScans.full(40), variant)
    for _ in 0..<fuzzRounds(usually: 200) {
      try outcome(mutants.damaged(sample), variant.format)
      try outcome(mutants.damaged(sample, reach: sample.count), nil)
      try outcome(mutants.flipped(sample), variant.format)
    }
  }

  @Test func damagedLabelFilesAreReadWithoutACrash() throws {
    var mutants = Mutants(seed: 3)
    let path = folder.path("sample.label")
    try LabelFile.write((0..<100).map { PointLabel(rawValue: $0) }, to: path)
    let sample = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    for _ in 0..<fuzzRounds(usually: 200) {
      let bytes = mutants.damaged(sample)
      let damaged = try folder.write(bytes, to: "damaged.label")
      if bytes.count == 400 {
        #expect(try LabelFile.read(damaged, expecting: 100).count == 100)
      } else {
        #expect(throws: PointCloudIOError.self) { try LabelFile.read(damaged, expecting: 100) }
      }
    }
  }

  @Test func randomBytesAreNoScanUnlessTheUserSaysSo() throws {
    var mutants = Mutants(seed: 4)
    for count in [1, 15, 16, 80, 4096] {
      for _ in 0..<20 {
        let bytes = mutants.random(count)
        for format in ScanFormat.allCases where format != .kittiBin && format != .nuScenes {
          #expect(try outcome(bytes, format) == nil)
        }
        #expect(try outcome(bytes, .kittiBin)?.scan.cloud.count ?? 0 == count / 16)
        if count >= 80 { #expect(try outcome(bytes, nil) == nil) }
      }
    }
  }

  @Test(arguments: Variant.everyFormat)
  func anEmptyFileIsDamage(variant: Variant) throws {
    #expect(try outcome([], variant.format) == nil)
    #expect(try outcome([], nil) == nil)
  }

  @Test(arguments: [2_147_483_647, 2_147_483_648, 4_000_000_000, 99_999_999_999_999_999])
  func pointsThatAreOnlyClaimedAreNotRead(count: Int) throws {
    for encoding in ScanEncoding.allCases {
      let sample = try bytes(SampleScans.plain(100), Variant(format: .pcd, encoding: encoding))
      let claim = replace("POINTS 100", with: "POINTS \(count)", in: sample)
      let result = try outcome(replace("WIDTH 100", with: "WIDTH \(count)", in: claim), .pcd)
      #expect(result?.scan.cloud.count == (encoding == .binaryCompressed ? nil : 100))
      #expect(encoding == .binaryCompressed || result?.damage != nil)
    }
    for encoding in [ScanEncoding.ascii, .binary] {
      let sample = try bytes(SampleScans.plain(100), Variant(format: .ply, encoding: encoding))
      let claim = replace("element vertex 100", with: "element vertex \(count)", in: sample)
      let result = try outcome(claim, .ply)
      #expect(result?.scan.cloud.count == 100)
      #expect(result?.damage != nil)
    }
    // The same number of digits taken out of the padding keeps the header's length.
    let array = try bytes(SampleScans.plain(100), Variant(format: .squeezeSegNpy))
    let grown = String(count).count - 3
    let claim = replace(
      "(100, 4), }" + String(repeating: " ", count: grown), with: "(\(count), 4), }", in: array)
    let result = try outcome(claim, .squeezeSegNpy)
    #expect(result?.scan.cloud.count == 100)
    #expect(result?.damage != nil)
  }

  private func replace(_ old: String, with new: String, in bytes: [UInt8]) -> [UInt8] {
    guard let range = Data(bytes).firstRange(of: Data(old.utf8)) else { return bytes }
    return Array(bytes[..<range.lowerBound]) + Array(new.utf8) + Array(bytes[range.upperBound...])
  }
}
