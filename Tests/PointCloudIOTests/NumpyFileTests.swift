import Foundation
import PointCloudIO
import PointClouds
import TestSupport
import Testing

@Suite struct NumpyFiles {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A NumPy file of any version, element type and order, from values in row-major order.
  private func array(
    _ values: [Double], _ shape: [Int], type: String = "<f4", isColumnMajor: Bool = false,
    version: UInt8 = 1
  ) -> [UInt8] {
    let sizes = shape.map(String.init).joined(separator: ", ")
    let order = isColumnMajor ? "True" : "False"
    let text = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': (\(sizes),), }\n"
    let length = UInt8(text.utf8.count)
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [version, 0]
    bytes += (version == 1 ? [length, 0] : [length, 0, 0, 0]) + Array(text.utf8)
    let order2 = isColumnMajor ? columnMajor(shape) : Array(values.indices)
    for index in order2 {
      var stored =
        type.hasSuffix("4")
        ? withUnsafeBytes(of: Float(values[index]).bitPattern.littleEndian) { Array($0) }
        : withUnsafeBytes(of: values[index].bitPattern.littleEndian) { Array($0) }
      if type.hasPrefix(">") { stored.reverse() }
      bytes += stored
    }
    return bytes
  }

  /// Row-major indices in the order in which a column-major file stores them.
  private func columnMajor(_ shape: [Int]) -> [Int] {
    var places: [[Int]] = [[]]
    for size in shape.reversed() {
      places = places.flatMap { place in (0..<size).map { [$0] + place } }
    }
    return places.map { place in
      zip(place, shape).reduce(0) { $0 * $1.1 + $1.0 }
    }
  }

  private func read(_ bytes: [UInt8]) throws -> ReadScan {
    try ScanFile.read(folder.write(bytes, to: "array"))
  }

  /// Two beams of three cells; one cell is empty.
  private let image: [Double] = [
    1, 2, 3, 0.1, 4, 0, 0, 0, 0, 0, 0, 0, 5, 6, 7, 0.25, 10, 1,
    8, 9, 1, 0.5, 12, 2, 2, 2, 2, 0, 3.5, 3, 4, 4, 4, 1, 7, 9,
  ]

  @Test(arguments: ["<f4", "<f8", ">f4", ">f8"], [false, true])
  func imagesOfEveryTypeAndOrderGiveTheSamePoints(type: String, isColumnMajor: Bool) throws {
    for version: UInt8 in 1...3 {
      let result = try read(
        array(image, [2, 3, 6], type: type, isColumnMajor: isColumnMajor, version: version))
      let cloud = result.scan.cloud
      #expect(cloud.x == [1, 5, 8, 2, 4])
      #expect(cloud.z == [3, 7, 1, 2, 4])
      #expect(cloud.intensity == [0.1, 0.25, 0.5, 0, 1])
      #expect(cloud.ring == [0, 0, 1, 1, 1])
      #expect(result.scan.labels?.map(\.semantic) == [99, 10, 30, 31, 0])
      #expect(result.notes.contains { $0.contains("1 points") })
      #expect(result.damage == nil)
    }
  }

  @Test func anImageWithoutLabelsHasNone() throws {
    let values = image.indices.filter { $0 % 6 != 5 }.map { image[$0] }
    let result = try read(array(values, [2, 3, 5]))
    #expect(result.scan.labels == nil)
    #expect(result.scan.cloud.count == 5)
  }

  @Test func aRowMajorImageCutShortKeepsItsWholeCells() throws {
    let whole = array(image, [2, 3, 6])
    let result = try read(Array(whole.dropLast(25)))
    #expect(result.scan.cloud.x == [1, 5, 8])
    #expect(result.damage?.offset == whole.count - 25)
    let turned = array(image, [2, 3, 6], isColumnMajor: true)
    #expect(throws: PointCloudIOError.self) { try read(turned.dropLast()) }
  }

  @Test func furtherColumnsOfPointsAreKeptAsFields() throws {
    let result = try read(array([1, 2, 3, 4, 0.5, 6], [1, 6], type: "<f8"))
    #expect(result.scan.labels == nil)
    #expect(result.scan.cloud.extraFields.map(\.name) == ["column5", "column6"])
    #expect(try read(array([1, 2, 3], [1, 3])).scan.cloud.intensity == [0])
  }

  @Test(arguments: [
    ("'<f4'", "'<i4'"), ("'<f4'", "[('x','<f4')]"), ("False", "Maybe"), ("'shape'", "'shade'"),
    ("(1, 4,)", "(4,)"), ("(1, 4,)", "(1, 2,)"), ("(1, 4,)", "(-1, 4,)"), ("(1, 4,)", "(1, 4"),
    ("(1, 4,)", "(9223372036854775807, 4,)"), ("{", "["), ("}", "} x"),
  ])
  func aHeaderThatIsNotOneIsRefused(part: String, wrong: String) throws {
    let good = array([1, 2, 3, 4], [1, 4])
    #expect(try read(good).scan.cloud.count == 1)
    let end = good.firstIndex(of: 10) ?? 0
    let text = String(decoding: good[10..<end], as: UTF8.self)
      .replacingOccurrences(of: part, with: wrong)
    let bytes = good[..<8] + [UInt8(text.utf8.count + 1), 0] + Array(text.utf8) + good[end...]
    #expect(throws: PointCloudIOError.self) { try read(Array(bytes)) }
  }
}
