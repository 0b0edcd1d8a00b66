/// The whole numbers that stand for coordinates on an axis.
struct LASAxis {
  let raw: [Int32]
  let scale: Double
  let offset: Double

  /// - Precondition: all values are finite.
  init(_ values: [Float], origins: [Double]?) {
    let start = origins?.first.flatMap { $0.isFinite ? $0 : nil } ?? 0
    let exact = values.indices.map { index in
      let origin = origins.map { $0[index] } ?? start
      return Double(values[index]) + (origin.isFinite ? origin - start : 0)
    }
    let reach = exact.reduce(0) { max($0, abs($1)) }
    let step =
      switch reach {
      case ...200_000: 0.0001
      case ...2_000_000: 0.001
      default: reach / 2e9
      }
    offset = start
    scale = step
    raw = exact.map { ScanRecords.whole($0 / step, as: Int32.self) }
  }

  /// The greatest and the least coordinate; 0 where there are no points.
  var bounds: [Double] {
    guard let least = raw.min(), let greatest = raw.max() else { return [0, 0] }
    return [greatest, least].map { Double($0) * scale + offset }
  }
}

extension LASHeader {
  /// The header of a file without variable-length records.
  static func bytes(
    _ axes: [LASAxis], _ returns: LASReturns, version: LASVersion, count: Int
  ) -> [UInt8] {
    let size = Self.count(minor: version.minor)
    var counts = [UInt64](repeating: 0, count: 15)
    for number in returns.numbers { counts[Int(number) - 1] += 1 }
    var header = [UInt8](repeating: 0, count: size)
    func store<Stored: FixedWidthInteger>(_ values: [Stored], at offset: Int) {
      Columns.store(
        values, into: &header, offset: offset, step: MemoryLayout<Stored>.size
      ) { $0 }
    }
    store(signature, at: 0)
    store([version.globalEncoding], at: 6)
    store([1, version.minor], at: 24)
    store(Array("OTHER".utf8), at: 26)
    store(Array("lidarseg".utf8), at: 58)
    // A fixed day, so that the same scan makes the same bytes.
    store([1, 2000] as [UInt16], at: 90)
    store([UInt16(size)], at: 94)
    store([UInt32(size), 0], at: 96)
    store([version.pointFormat], at: 104)
    store([UInt16(version.pointSize)], at: 105)
    if version == .v12 {
      store([UInt32(count)] + counts[..<5].map { UInt32($0) }, at: 107)
    }
    let numbers = axes.map(\.scale) + axes.map(\.offset) + axes.flatMap(\.bounds)
    store(numbers.map(\.bitPattern), at: 131)
    if version == .v14 { store([UInt64(count)] + counts, at: 247) }
    return header
  }
}
