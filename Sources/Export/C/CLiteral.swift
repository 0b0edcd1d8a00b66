extension Float {
  /// The number as a C literal, exactly: for example `0x1.8p-3f`.
  ///
  /// - Precondition: it is finite.
  var cLiteral: String {
    precondition(isFinite, "\(self) has no literal in C")
    let sign = self.sign == .minus ? "-" : ""
    guard self != 0 else { return sign + "0.0f" }
    // Six digits of four bits hold 23 bits and a zero.
    var digits = String(significandBitPattern << 1, radix: 16)
    digits = String(repeating: "0", count: 6 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    let lead = isNormal ? "1" : "0"
    let power = isNormal ? Int(exponentBitPattern) - 127 : -126
    return "\(sign)0x\(lead)\(digits.isEmpty ? "" : ".")\(digits)p\(power)f"
  }
}
