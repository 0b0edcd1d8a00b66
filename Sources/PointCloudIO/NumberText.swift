import PCLBridge

/// Numbers in text, held to what every reader of text understands alike.
enum NumberText {
  /// A word in the form in which it may be handed on, or nothing where it is no number of the type
  /// or does not fit it.
  static func plain(_ word: ArraySlice<UInt8>, as element: PCLElement) -> ArraySlice<UInt8>? {
    guard word.count <= 64 else { return nil }
    switch element {
    case .int8: return isInteger(word, Int64(Int8.min), UInt64(Int8.max)) ? word : nil
    case .int16: return isInteger(word, Int64(Int16.min), UInt64(Int16.max)) ? word : nil
    case .int32: return isInteger(word, Int64(Int32.min), UInt64(Int32.max)) ? word : nil
    case .int64: return isInteger(word, .min, UInt64(Int64.max)) ? word : nil
    case .uint8: return isInteger(word, 0, UInt64(UInt8.max)) ? word : nil
    case .uint16: return isInteger(word, 0, UInt64(UInt16.max)) ? word : nil
    case .uint32: return isInteger(word, 0, UInt64(UInt32.max)) ? word : nil
    case .uint64: return isInteger(word, 0, .max) ? word : nil
    case .float32: return real(word) { Float($0)?.isFinite ?? false }
    case .float64: return real(word) { Double($0)?.isFinite ?? false }
    }
  }

  private static func isInteger(
    _ word: ArraySlice<UInt8>, _ least: Int64, _ greatest: UInt64
  ) -> Bool {
    let isNegative = word.first == UInt8(ascii: "-")
    let digits = word.dropFirst(isNegative ? 1 : 0)
    guard !digits.isEmpty else { return false }
    var value: UInt64 = 0
    for digit in digits {
      guard (48...57).contains(digit) else { return false }
      let (tens, isLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, isLarger) = tens.addingReportingOverflow(UInt64(digit - 48))
      guard !isLarge, !isLarger else { return false }
      value = sum
    }
    return isNegative ? value <= least.magnitude : value <= greatest
  }

  /// Digits with a point and an exponent, or the names of what is not finite.
  private static func real(
    _ word: ArraySlice<UInt8>, fits: (String) -> Bool
  ) -> ArraySlice<UInt8>? {
    var rest = word
    let sign = rest.first
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
    let whole = rest.prefix { (48...57).contains($0) }
    rest = rest.dropFirst(whole.count)
    var digits = whole.count
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix { (48...57).contains($0) }
      digits += fraction.count
      rest = rest.dropFirst(fraction.count + 1)
    }
    if digits == 0 { return named(word) }
    if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
        rest = rest.dropFirst()
      }
      guard !rest.isEmpty, rest.allSatisfy({ (48...57).contains($0) }) else { return nil }
    } else if !rest.isEmpty {
      return nil
    }
    // Only long or scaled numbers can be too large.
    if word.count <= 30, rest.isEmpty { return word }
    return fits(String(decoding: word, as: UTF8.self)) ? word : nil
  }

  private static func named(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    switch String(decoding: word, as: UTF8.self).lowercased() {
    case "nan", "+nan", "-nan": ArraySlice("nan".utf8)
    case "inf", "+inf", "infinity", "+infinity": ArraySlice("inf".utf8)
    case "-inf", "-infinity": ArraySlice("-inf".utf8)
    default: nil
    }
  }
}
