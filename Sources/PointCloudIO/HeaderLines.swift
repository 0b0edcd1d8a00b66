/// The lines at the start of a file that has a header of text, with the place of every word.
struct HeaderLines {
  struct Word {
    var text: String
    var offset: Int
  }

  struct Line {
    var words: [Word]
    /// Where the line starts.
    var offset: Int
    /// Where the next line starts.
    var end: Int

    /// The words after the first.
    var values: ArraySlice<Word> { words.dropFirst() }
  }

  /// Longer headers are not believed: a file of one long line must not become a million words.
  private static let longestHeader = 1 << 18

  private let bytes: [UInt8]
  private let limit: Int
  /// Where the next line starts.
  private(set) var offset = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    limit = min(bytes.count, Self.longestHeader)
  }

  /// The next line, or nothing where no whole line is left.
  mutating func next() -> Line? {
    guard let newline = bytes[offset..<limit].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    var words: [Word] = []
    var start = offset
    while start < newline {
      let isSeparator: (UInt8) -> Bool = { $0 == 32 || $0 == 9 || $0 == 13 }
      guard let first = bytes[start..<newline].firstIndex(where: { !isSeparator($0) }) else {
        break
      }
      let end = bytes[first..<newline].firstIndex(where: isSeparator) ?? newline
      words.append(Word(text: String(decoding: bytes[first..<end], as: UTF8.self), offset: first))
      start = end
    }
    defer { offset = newline + 1 }
    return Line(words: words, offset: offset, end: newline + 1)
  }

  /// A number of digits only, that fits.
  static func count(_ text: String) -> Int? {
    text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
  }
}

extension HeaderLines {
  /// Where the line after the one that starts with `keyword` starts.
  static func end(of keyword: String, in bytes: [UInt8]) -> Int? {
    var lines = HeaderLines(bytes)
    while let line = lines.next() {
      if line.words.first?.text == keyword { return line.end }
    }
    return nil
  }
}
