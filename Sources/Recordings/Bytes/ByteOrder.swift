/// Which byte of a number comes first.
package enum ByteOrder: Equatable, Sendable {
  /// The byte of the least weight.
  case little
  /// The byte of the greatest weight.
  case big
}

extension [UInt8] {
  /// The whole number that starts at byte `offset`, aligned or not.
  ///
  /// - Precondition: all its bytes lie in the array.
  @inline(__always)
  func integer<Whole: FixedWidthInteger>(
    at offset: Int, _ order: ByteOrder = .little, as: Whole.Type = Whole.self
  ) -> Whole {
    let size = Whole.bitWidth / 8
    var bits: UInt64 = 0
    switch order {
    case .little:
      for index in 0..<size { bits |= UInt64(self[offset + index]) << UInt64(8 * index) }
    case .big:
      for index in 0..<size { bits = bits << 8 | UInt64(self[offset + index]) }
    }
    return Whole(truncatingIfNeeded: bits)
  }

  /// Adds the bytes of a whole number.
  @inline(__always)
  mutating func append<Whole: FixedWidthInteger>(
    integer value: Whole, _ order: ByteOrder = .little
  ) {
    let size = Whole.bitWidth / 8
    let bits = UInt64(truncatingIfNeeded: value)
    for index in 0..<size {
      let place = order == .little ? index : size - 1 - index
      append(UInt8(truncatingIfNeeded: bits >> UInt64(8 * place)))
    }
  }

  /// Writes the bytes of a whole number over those from `offset` on, little-endian.
  ///
  /// - Precondition: all its bytes lie in the array.
  @inline(__always)
  mutating func store<Whole: FixedWidthInteger>(_ value: Whole, at offset: Int) {
    let bits = UInt64(truncatingIfNeeded: value)
    for index in 0..<Whole.bitWidth / 8 {
      self[offset + index] = UInt8(truncatingIfNeeded: bits >> UInt64(8 * index))
    }
  }
}
