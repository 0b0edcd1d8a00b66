/// A place in bytes of a file from which little-endian numbers, texts and runs of bytes are taken,
/// one after the other; nothing is taken beyond the end.
struct ByteCursor {
  private let bytes: [UInt8]
  let path: String
  /// Where the first of `bytes` lies in the file; nothing where they were compressed.
  private let base: Int?
  /// The next byte.
  private(set) var position: Int
  /// The byte after the last that may be taken.
  let end: Int

  /// How many bytes are left.
  var remaining: Int { end - position }

  /// The place in the file, as far as it is known.
  var offset: Int? { base.map { $0 + position } }

  init(_ bytes: [UInt8], range: Range<Int>? = nil, path: String, base: Int?) {
    self.bytes = bytes
    self.path = path
    self.base = base
    position = range?.lowerBound ?? 0
    end = range?.upperBound ?? bytes.count
  }

  /// The next whole number.
  mutating func integer<Whole: FixedWidthInteger>(
    as type: Whole.Type = Whole.self
  ) throws(RecordingsError) -> Whole {
    let range = try skip(UInt64(Whole.bitWidth / 8), "a number")
    return bytes.integer(at: range.lowerBound)
  }

  /// The text that follows its length in bytes, of 32 bits.
  mutating func text() throws(RecordingsError) -> String {
    let count: UInt32 = try integer()
    let range = try skip(UInt64(count), "a text")
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// The bytes that follow.
  mutating func take(_ count: UInt64, _ what: String) throws(RecordingsError) -> [UInt8] {
    Array(bytes[try skip(count, what)])
  }

  /// Passes over bytes, and says where they lie.
  @discardableResult
  mutating func skip(_ count: UInt64, _ what: String) throws(RecordingsError) -> Range<Int> {
    guard count <= UInt64(remaining) else {
      throw .damaged(
        "\(what) of \(count) bytes is claimed where \(remaining) are left", path: path, at: offset)
    }
    defer { position += Int(count) }
    return position..<position + Int(count)
  }

  /// A cursor over the bytes that follow, which this one passes over.
  mutating func part(_ count: UInt64, _ what: String) throws(RecordingsError) -> ByteCursor {
    let range = try skip(count, what)
    return ByteCursor(bytes, range: range, path: path, base: base)
  }
}

extension ByteCursor {
  /// What to say of content at this place that contradicts its format.
  func damaged(_ message: String) -> RecordingsError {
    .damaged(message, path: path, at: offset)
  }
}
