import PCLBridge

/// The rows of numbers in a file's text body, checked and written anew in one plain form: a word
/// for each value, one blank between words, one row a line.
struct TextRows {
  /// The rows in their plain form.
  private(set) var text: [UInt8] = []
  /// How many rows there are.
  private(set) var count = 0
  /// Where reading stopped.
  private(set) var end: Int
  /// What is wrong with the row that reading stopped at.
  private(set) var problem: String?

  /// Reads rows of `elements` from `start`, at most `limit`, passing over empty lines.
  init(_ bytes: [UInt8], from start: Int, elements: [PCLElement], limit: Int) {
    end = start
    while count < limit, end < bytes.count {
      let newline = bytes[end...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let kept = text.count
      switch appendRow(bytes[end..<newline], elements) {
      case .empty: break
      case .row: count += 1
      case .wrong(let message):
        text.removeSubrange(kept...)
        problem = message
        return
      }
      end = min(newline + 1, bytes.count)
    }
    if count < limit { problem = "the file ends after \(count) of \(limit) rows" }
  }

  /// Where the line after the next `rows` lines that are not empty starts, or nothing where the file
  /// has fewer.
  static func skip(_ rows: Int, in bytes: [UInt8], from start: Int) -> Int? {
    var left = rows
    var offset = start
    while left > 0 {
      guard offset < bytes.count else { return nil }
      let newline = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      if !bytes[offset..<newline].allSatisfy(isBlank) { left -= 1 }
      offset = min(newline + 1, bytes.count)
    }
    return offset
  }

  /// Whether nothing but blanks and line ends follows.
  static func isBlank(_ bytes: [UInt8], from start: Int) -> Bool {
    bytes[start...].allSatisfy { isBlank($0) || $0 == UInt8(ascii: "\n") }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }

  private enum Outcome {
    case empty
    case row
    case wrong(String)
  }

  private mutating func appendRow(_ line: ArraySlice<UInt8>, _ elements: [PCLElement]) -> Outcome {
    var words = 0
    var start = line.startIndex
    while let first = line[start...].firstIndex(where: { !Self.isBlank($0) }) {
      let end = line[first...].firstIndex(where: Self.isBlank) ?? line.endIndex
      guard words < elements.count else { return .wrong("more than \(elements.count) values") }
      guard let word = NumberText.plain(line[first..<end], as: elements[words]) else {
        let shown = String(decoding: line[first..<end].prefix(24), as: UTF8.self)
        let printable = shown.filter { $0.isASCII && !$0.isNewline && $0 >= " " }
        return .wrong("\"\(printable)\" is no \(elements[words])")
      }
      if words > 0 { text.append(32) }
      text.append(contentsOf: word)
      words += 1
      start = end
    }
    if words == 0 { return .empty }
    guard words == elements.count else {
      return .wrong("\(words) values, not \(elements.count)")
    }
    text.append(UInt8(ascii: "\n"))
    return .row
  }
}
