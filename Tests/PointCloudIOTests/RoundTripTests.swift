import Foundation
import PointCloudIO
import PointClouds
import TestSupport
import Testing

@Suite struct RoundTrips {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ scan: Scan, through variant: Variant) throws -> ReadScan {
    let path = folder.path("scan")
    try ScanFile.write(scan, to: path, as: variant.format, encoding: variant.encoding)
    return try ScanFile.read(path, as: variant.format)
  }

  @Test(arguments: Variant.keepingEverything)
  func pcdAndPlyKeepEveryFieldAndEveryBit(variant: Variant) throws {
    let scan = SampleScans.full(257)
    #expect(variant.format.lost(of: scan).isEmpty)
    let result = try read(scan, through: variant)
    #expect(result.scan == scan)
    #expect(result.damage == nil)
  }

  @Test(arguments: Variant.all)
  func coordinatesAndIntensityComeBackBitForBit(variant: Variant) throws {
    var scan = SampleScans.full(100)
    scan.cloud.x[3] = .leastNonzeroMagnitude
    scan.cloud.y[4] = -.greatestFiniteMagnitude
    scan.cloud.z[5] = -0.0
    let result = try read(scan, through: variant)
    #expect(SampleScans.bits(result.scan.cloud) == SampleScans.bits(scan.cloud))
    #expect(result.format == variant.format)
  }

  @Test(arguments: Variant.all)
  func pointsThatAreNotFiniteAreKept(variant: Variant) throws {
    var scan = SampleScans.full(20)
    scan.cloud.x[0] = .nan
    scan.cloud.y[1] = .infinity
    scan.cloud.z[2] = -.infinity
    (scan.cloud.x[3], scan.cloud.y[3], scan.cloud.z[3]) = (0, 0, 0)
    let cloud = try read(scan, through: variant).scan.cloud
    #expect(cloud.count == 20)
    #expect(cloud.x[0].isNaN)
    #expect(cloud.y[1] == .infinity)
    #expect(cloud.z[2] == -.infinity)
    #expect(cloud.x[3] == 0)
    #expect(cloud.y[19] == scan.cloud.y[19])
  }

  @Test(arguments: Variant.all)
  func aWrittenFileIsRecognised(variant: Variant) throws {
    let path = folder.path("neutral")
    try ScanFile.write(
      SampleScans.full(100), to: path, as: variant.format, encoding: variant.encoding)
    #expect(try ScanFile.recognise(path) == variant.format)
    #expect(try ScanFile.read(path).scan.cloud.count == 100)
  }

  @Test(arguments: Variant.all.filter { $0.format != .kittiBin && $0.format != .nuScenes })
  func noPointsAreAScan(variant: Variant) throws {
    let result = try read(SampleScans.full(0), through: variant)
    #expect(result.scan.cloud.count == 0)
    #expect(result.damage == nil)
  }

  @Test func whatAFormatLosesIsNamed() {
    let scan = SampleScans.full(1)
    let extra = scan.cloud.extraFields.map(\.name)
    #expect(ScanFormat.kittiBin.lost(of: scan) == ["ring", "time", "return", "label"] + extra)
    #expect(ScanFormat.nuScenes.lost(of: scan) == ["time", "return", "label"] + extra)
    #expect(ScanFormat.squeezeSegNpy.lost(of: scan) == ["ring", "time", "return"] + extra)
    #expect(ScanFormat.kittiBin.lost(of: SampleScans.plain(1)).isEmpty)
  }

  @Test func nuScenesKeepsRingsAndAFifthValueThatIsNone() throws {
    let scan = SampleScans.full(40)
    let variant = Variant(format: .nuScenes)
    #expect(try read(scan, through: variant).scan.cloud.ring == scan.cloud.ring)
    var other = SampleScans.plain(2)
    other.cloud.extraFields = [ExtraField(name: "ring", values: [0.5, 7], storage: .float32)]
    let result = try read(other, through: variant)
    #expect(result.scan == other)
    #expect(result.notes.count == 1)
    #expect(throws: PointCloudIOError.self) {
      try read(SampleScans.plain(2), through: variant)
    }
  }

  @Test func numpyKeepsLabelsWithTheirInstances() throws {
    var scan = SampleScans.full(40)
    scan.labels?[7] = PointLabel(rawValue: .max)
    #expect(try read(scan, through: Variant(format: .squeezeSegNpy)).scan.labels == scan.labels)
    scan.labels = (0..<40).map { PointLabel(rawValue: $0) }
    #expect(try read(scan, through: Variant(format: .squeezeSegNpy)).scan.labels == scan.labels)
  }

  @Test func labelFilesComeBackAndTheirLengthIsHeldToTheScan() throws {
    let labels = (0..<100).map { PointLabel(rawValue: UInt32($0) &* 0x0101_0101) }
    let path = folder.path("scan.label")
    try LabelFile.write(labels, to: path)
    #expect(try LabelFile.read(path) == labels)
    #expect(try LabelFile.read(path, expecting: 100) == labels)
    let error = #expect(throws: PointCloudIOError.self) {
      try LabelFile.read(path, expecting: 99)
    }
    #expect(error?.code == .damaged)
    #expect(error?.message.contains("100") == true && error?.message.contains("99") == true)
    _ = try folder.write(Data(contentsOf: URL(fileURLWithPath: path)).dropLast(), to: "cut.label")
    #expect(throws: PointCloudIOError.self) { try LabelFile.read(folder.path("cut.label")) }
  }

  @Test func plyHasNoCompressedEncoding() {
    #expect(throws: PointCloudIOError.self) {
      try read(SampleScans.plain(1), through: Variant(format: .ply, encoding: .binaryCompressed))
    }
  }
}
