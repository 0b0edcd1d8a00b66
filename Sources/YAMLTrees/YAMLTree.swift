package import Yams

/// Trees of YAML texts.
package enum YAMLTree {
  /// The most aliases (`*name`) that a text may have.
  ///
  /// An alias stands for a part of the tree that may hold aliases itself, so thirty lines can stand for
  /// a tree that no memory holds, and comparing two keys may take a walk through it. With so many
  /// aliases a tree is no more than some 350 times as large as its text (3 to the power of 16/3).
  package static let mostAliases = 16

  /// The tree of a text; nothing where it holds none.
  ///
  /// - Throws: what Yams says of a text that is no YAML; `TooManyAliases`.
  package static func composed(of text: String) throws -> Node? {
    let count = aliasCount(text)
    guard count <= mostAliases else { throw TooManyAliases(count: count) }
    return try Yams.compose(yaml: text)
  }

  /// How many places of a text may be aliases: some may be quoted or commented out.
  private static func aliasCount(_ text: String) -> Int {
    var count = 0
    var (previous, last) = (UInt8(ascii: " "), UInt8(ascii: " "))
    for byte in text.utf8 {
      if last == UInt8(ascii: "*"), isOfName(byte), !isOfName(previous) { count += 1 }
      (previous, last) = (last, byte)
    }
    return count
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

/// A YAML text has more aliases than are read.
package struct TooManyAliases: Error, Equatable, CustomStringConvertible {
  /// How many it has.
  package let count: Int

  package var description: String {
    "\(count) aliases (*name) are more than the \(YAMLTree.mostAliases) that are read"
  }
}
