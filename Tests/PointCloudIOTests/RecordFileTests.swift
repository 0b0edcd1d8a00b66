import Foundation
import PointCloudIO
import PointClouds
import TestSupport
import Testing

/// PCD and PLY as other programs write them.
@Suite struct RecordFiles {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ text: String, _ body: [UInt8] = [], as format: ScanFormat) throws -> ReadScan
  {
    try ScanFile.read(folder.write(Array(text.utf8) + body, to: "file"), as: format)
  }

  private func little(_ values: Float...) -> [UInt8] {
    values.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } }
  }

  private func big(_ values: Float...) -> [UInt8] {
    values.flatMap { value in withUnsafeBytes(of: value.bitPattern.bigEndian) { Array($0) } }
  }

  @Test func aPCDOfTextWithBlankLinesTabsAndReturnsIsRead() throws {
    let result = try read(
      "# a comment\r\nFIELDS x y z\r\nSIZE 4 4 4\r\nTYPE F F F\r\nWIDTH 3\r\nPOINTS 3\r\n"
        + "DATA ascii\r\n1 2 3\r\n\r\n\t4\t-5e0 +6.5 \r\nNaN inf -Infinity", as: .pcd)
    #expect(result.damage == nil)
    #expect(result.scan.cloud.x.prefix(2) == [1, 4])
    #expect(result.scan.cloud.x[2].isNaN)
    #expect(result.scan.cloud.y == [2, -5, .infinity])
    #expect(result.scan.cloud.z == [3, 6.5, -.infinity])
    #expect(result.scan.cloud.intensity == [0, 0, 0])
    #expect(result.notes.contains { $0.contains("intensity") })
  }

  @Test func fieldsFindTheirRolesWhateverTheirTypeAndOrder() throws {
    let result = try read(
      "FIELDS t z _ ring i x y normal id\nSIZE 4 8 1 1 1 4 4 4 8\nTYPE U F U U U F F F U\n"
        + "COUNT 1 1 2 1 1 1 1 3 1\nWIDTH 1\nHEIGHT 2\nVIEWPOINT 1 0 0 1 0 0 0\nPOINTS 2\n"
        + "DATA ascii\n1000 3.5 9 9 7 200 1 2 0 0 1 18446744073709551615\n"
        + "2000 4.5 9 9 8 255 3 4 0 1 0 5\n", as: .pcd)
    let cloud = result.scan.cloud
    #expect(cloud.x == [1, 3] && cloud.y == [2, 4] && cloud.z == [3.5, 4.5])
    #expect(cloud.intensity == [200, 255])
    #expect(cloud.ring == [7, 8])
    #expect(cloud.time == [1e-6, 2e-6])
    #expect(cloud.extraFields.map(\.name) == ["t", "normal_0", "normal_1", "normal_2", "id"])
    #expect(cloud.extraFields[0].values == [1000, 2000])
    #expect(cloud.extraFields[4].storage == .float64)
    #expect(result.notes.contains { $0.contains("VIEWPOINT") })
  }

  @Test func aBodyThatHoldsTheWordDATAIsNoHeader() throws {
    let header = "FIELDS x y z\nSIZE 4 4 4\nTYPE F F F\nWIDTH 2\nHEIGHT 1\nPOINTS 2\nDATA binary\n"
    let body = Array("DATA ascii\n\n".utf8) + little(1, 2, 3)
    let result = try read(header, body, as: .pcd)
    #expect(result.damage == nil)
    #expect(result.scan.cloud.x[1] == 1)
    #expect(result.scan.cloud.count == 2)
    let longer = try read(header, body + [0], as: .pcd)
    #expect(longer.scan.cloud.count == 2)
    #expect(longer.damage?.offset == header.utf8.count + 24)
  }

  @Test func aColourCalledAFloatKeepsItsBits() throws {
    let result = try read(
      "FIELDS x y z rgb\nSIZE 4 4 4 4\nTYPE F F F F\nWIDTH 1\nPOINTS 1\nDATA binary\n",
      little(1, 2, 3) + [0x33, 0x22, 0x91, 0xFF], as: .pcd)
    let kept = ExtraField(name: "rgb", values: [Double(0xFF91_2233 as UInt32)], storage: .uint32)
    #expect(result.scan.cloud.extraFields == [kept])
  }

  @Test(arguments: [
    ("FIELDS x y z", "FIELDS x y"), ("SIZE 4 4 4", "SIZE 4 4 3"), ("SIZE 4 4 4", "SIZE 4 4 4000"),
    ("SIZE 4 4 4", "SIZE 0 0 0"), ("COUNT 1 1 1", "COUNT 1 1 0"), ("COUNT 1 1 1", "COUNT 1 1 -1"),
    ("COUNT 1 1 1", "COUNT 1 1 99999"), ("TYPE F F F", "TYPE F F Q"), ("WIDTH 1", "WIDTH -1"),
    ("WIDTH 1", "WIDTH 2"), ("HEIGHT 1", "HEIGHT 9223372036854775807"), ("POINTS 1", "POINTS 1 1"),
    ("DATA ascii", "DATA asci"), ("DATA ascii", "DATA"), ("SIZE", "SIZES"), ("POINTS 1", "SIZE 4"),
    ("VERSION 0.7", "VERSION 9"), ("FIELDS x y z", "FIELDS x y w"), ("1 2 3", "1 2"),
    ("1 2 3", "1 2 3 4"), ("1 2 3", "1 2 0x3"), ("1 2 3", "1 2 1e99"), ("1 2 3", "a b c"),
  ])
  func aHeaderOrRowThatContradictsItselfIsRefused(part: String, wrong: String) throws {
    let good =
      "VERSION 0.7\nFIELDS x y z\nSIZE 4 4 4\nTYPE F F F\nCOUNT 1 1 1\nWIDTH 1\nHEIGHT 1\n"
      + "POINTS 1\nDATA ascii\n1 2 3\n"
    #expect(try read(good, as: .pcd).scan.cloud.count == 1)
    let error = #expect(throws: PointCloudIOError.self) {
      try read(good.replacingOccurrences(of: part, with: wrong), as: .pcd)
    }
    #expect(error?.path == folder.path("file"))
    #expect(error?.offset != nil)
  }

  @Test func packedDataThatPointsOutsideItselfNeverReachesPCL() throws {
    let header =
      "FIELDS x y z\nSIZE 4 4 4\nTYPE F F F\nWIDTH 1\nHEIGHT 1\nPOINTS 1\nDATA binary_compressed\n"
    func packed(_ stream: [UInt8], size: UInt8 = 12) -> [UInt8] {
      [UInt8(stream.count), 0, 0, 0, size, 0, 0, 0] + stream
    }
    // Eleven zeros: one as it is, and a copy of itself over ten more; then one as it is.
    let good: [UInt8] = [0, 0, 0xE0, 1, 0, 0, 0]
    #expect(try read(header, packed(good), as: .pcd).scan.cloud.x == [0])
    let broken: [[UInt8]] = [
      [0, 0, 0xE0, 1, 1, 0, 0], [0, 0, 0xE0, 2, 0, 0, 0], [0, 0, 0xE0, 0, 0, 0, 0], [31, 0],
      [0, 0, 0xE0, 1], [0, 0, 0xE0], [0, 0, 0xFF, 255, 255], [],
    ]
    for stream in broken {
      // PCL's own refusal would be "unsupported".
      let error = #expect(throws: PointCloudIOError.self) {
        try read(header, packed(stream), as: .pcd)
      }
      #expect(error?.code == .damaged)
    }
    #expect(throws: PointCloudIOError.self) { try read(header, packed(good, size: 11), as: .pcd) }
  }

  private let vertices = "property float x\nproperty float y\nproperty float z\n"

  @Test func aBigEndianPLYBetweenOtherElementsIsRead() throws {
    let header =
      "ply\nformat binary_big_endian 1.0\ncomment PCL\nobj_info num_cols 99\n"
      + "element face 2\nproperty list ushort int vertex_indices\nproperty uchar flag\n"
      + "element nothing 99999999999\n"
      + "element vertex 2\n\(vertices)property short ring\nelement edge 1\nproperty int a\nend_header\n"
    let body: [UInt8] =
      [0, 1, 0, 0, 0, 0, 9, 0, 0, 9] + big(1, 2, 3) + [0, 5] + big(4, 5, 6) + [0, 6, 0, 0, 0, 1]
    let result = try read(header, body, as: .ply)
    #expect(result.damage == nil)
    #expect(result.scan.cloud.x == [1, 4] && result.scan.cloud.z == [3, 6])
    #expect(result.scan.cloud.ring == [5, 6])
    #expect(result.notes.contains { $0.contains("face, nothing, edge") })
    #expect(try read(header, body.dropLast(), as: .ply).damage != nil)
    #expect(try read(header, body + [1], as: .ply).damage?.offset == header.utf8.count + body.count)
    #expect(throws: PointCloudIOError.self) { try read(header, Array(body[..<9]), as: .ply) }
  }

  @Test func aPLYOfTextWithFacesIsRead() throws {
    let result = try read(
      "ply\r\nformat ascii 1.0\r\nelement vertex 2\r\n\(vertices)property uchar red\r\n"
        + "element face 1\r\nproperty list uchar int vertex_indices\r\nend_header\r\n"
        + "1 2 3 255\r\n\r\n  nan 5 -inf 0\r\n3 0 1 0\r\n", as: .ply)
    #expect(result.damage == nil)
    #expect(result.scan.cloud.y == [2, 5])
    #expect(result.scan.cloud.x[1].isNaN && result.scan.cloud.z[1] == -.infinity)
    #expect(
      result.scan.cloud.extraFields == [
        ExtraField(name: "red", values: [255, 0], storage: .uint8)
      ])
  }

  @Test(arguments: [
    ("ply\n", "plx\n"), ("1.0", "2.0"), ("ascii", "asci"), ("vertex 1", "vertex -1"),
    ("vertex 1", "vertex"), ("vertex", "corner"), ("float x", "float"), ("float x", "half x"),
    ("float x", "list uchar float x"), ("float x", "list float uchar x"), ("end_header", "end"),
    ("format ascii 1.0\n", ""), ("element vertex 1\n", ""), ("comment a", "ply"),
    ("1 2 3", "1 2 x"), ("1 2 3", "1 2"), ("1 2 3", ""),
  ])
  func aPLYThatContradictsItselfIsRefused(part: String, wrong: String) throws {
    let good =
      "ply\nformat ascii 1.0\ncomment a\nelement vertex 1\n\(vertices)end_header\n1 2 3\n"
    #expect(try read(good, as: .ply).scan.cloud.count == 1)
    #expect(throws: PointCloudIOError.self) {
      try read(good.replacingOccurrences(of: part, with: wrong), as: .ply)
    }
  }
}
