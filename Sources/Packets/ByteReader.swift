/// In which order the bytes of a number lie.
enum ByteOrder: Sendable {
  case little
  case big
}

/// Numbers at places of a range of bytes; nil where the range does not hold them.
struct ByteReader {
  let bytes: [UInt8]
  /// The part of `bytes` that offsets count from, and may not leave.
  let range: Range<Int>

  var count: Int { range.count }

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    range = 0..<bytes.count
  }

  private init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    self.range = range
  }

  /// The bytes from `offset` on: `count` of them, or all.
  func part(from offset: Int, count: Int? = nil) -> Self? {
    guard offset >= 0, offset <= self.count else { return nil }
    let length = count ?? (self.count - offset)
    guard length >= 0, length <= self.count - offset else { return nil }
    let start = range.lowerBound + offset
    return Self(bytes, start..<(start + length))
  }

  /// The bytes of the range as an array of their own.
  var array: [UInt8] { Array(bytes[range]) }

  func byte(_ offset: Int) -> UInt8? {
    guard offset >= 0, offset < count else { return nil }
    return bytes[range.lowerBound + offset]
  }

  func uint16(_ offset: Int, _ order: ByteOrder) -> UInt16? {
    number(offset, 2, order).map { UInt16(truncatingIfNeeded: $0) }
  }

  func uint32(_ offset: Int, _ order: ByteOrder) -> UInt32? {
    number(offset, 4, order).map { UInt32(truncatingIfNeeded: $0) }
  }

  func uint64(_ offset: Int, _ order: ByteOrder) -> UInt64? { number(offset, 8, order) }

  private func number(_ offset: Int, _ size: Int, _ order: ByteOrder) -> UInt64? {
    guard offset >= 0, offset <= count - size else { return nil }
    let start = range.lowerBound + offset
    var value: UInt64 = 0
    for index in 0..<size {
      let place = order == .big ? start + index : start + size - 1 - index
      value = value << 8 | UInt64(bytes[place])
    }
    return value
  }
}
