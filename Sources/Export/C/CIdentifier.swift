extension String {
  /// Whether this can be the beginning of names in C.
  var isCIdentifier: Bool {
    guard let first, first.isASCII, first.isLetter else { return false }
    return allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      && !Self.wordsOfC.contains(self)
  }

  /// The nearest name in C: what cannot stand in one becomes an underscore.
  package var asCIdentifier: String {
    let changed = String(map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    return changed.isCIdentifier ? changed : "network_\(changed)"
  }

  /// As the contents of a C string.
  var asCString: String {
    utf8.map { byte in
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): "\\" + String(UnicodeScalar(byte))
      // A question mark could be part of a trigraph.
      case 0x20..<0x7f where byte != UInt8(ascii: "?"): String(UnicodeScalar(byte))
      default: "\\" + Self.octal(byte)
      }
    }.joined()
  }

  /// As part of a C comment that ends with its line.
  var asCComment: String {
    let printable = String(unicodeScalars.map { $0.value < 0x20 ? " " : Character($0) })
    // A line that ended with a backslash, or with its trigraph, would go on.
    return printable.hasSuffix("\\") || printable.hasSuffix("??/") ? printable + "." : printable
  }

  /// Three digits, so that a digit that follows is not taken for another.
  private static func octal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 8)
    return String(repeating: "0", count: 3 - digits.count) + digits
  }

  private static let wordsOfC: Set<String> = [
    "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else",
    "enum", "extern", "float", "for", "goto", "if", "inline", "int", "long", "register",
    "restrict", "return", "short", "signed", "sizeof", "static", "struct", "switch", "typedef",
    "union", "unsigned", "void", "volatile", "while", "main", "arena",
  ]
}
