import Foundation

/// A small text file read whole, and its lines with their places.
struct TextFile {
  let path: String
  let text: String

  /// Calibrations, boxes and catalogues are kilobytes; more is not one of them.
  private static let largest = 4 << 20

  struct Line {
    /// Counted from 1.
    var number: Int
    /// The byte of the file where the line starts.
    var offset: Int
    var text: Substring
  }

  /// - Throws: `unreadable` for a missing, unreadable or irregular file, `malformed` for one that is
  ///   too large or not UTF-8.
  init(path: String) throws(DatasetsError) {
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
    guard let attributes else {
      throw DatasetsError(
        .unreadable, "the file is missing or out of reach", remedy: "Check the path.", path: path)
    }
    // A device or a pipe could go on for ever.
    guard attributes[.type] as? FileAttributeType == .typeRegular else {
      throw DatasetsError(
        .unreadable, "this is not a regular file", remedy: "Name a text file.", path: path)
    }
    let size = (attributes[.size] as? NSNumber)?.intValue ?? 0
    guard size <= Self.largest else {
      throw DatasetsError(
        .malformed, "the file has \(size) bytes, too many for a text file of this kind",
        remedy: "Name a file of at most \(Self.largest) bytes.", path: path)
    }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw DatasetsError(
        .unreadable, "the file cannot be read", remedy: "Check its permissions.", path: path)
    }
    try self.init(path: path, bytes: bytes)
  }

  init(path: String, bytes: some Collection<UInt8>) throws(DatasetsError) {
    guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0) else {
      let offset = Self.firstNonText(in: bytes)
      throw DatasetsError(
        .malformed, "this is not text", remedy: "Name a UTF-8 text file.", path: path,
        offset: offset)
    }
    self.path = path
    self.text = text
  }

  /// The lines that hold more than blanks; a carriage return before the line's end is a blank.
  var lines: [Line] {
    let bytes = text.utf8
    var lines: [Line] = []
    var (start, number, offset) = (bytes.startIndex, 1, 0)
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
      let line = text[start..<end]
      if !line.allSatisfy(\.isWhitespace) {
        lines.append(Line(number: number, offset: offset, text: line))
      }
      offset += bytes.distance(from: start, to: end) + 1
      number += 1
      start = end < bytes.endIndex ? bytes.index(after: end) : end
    }
    return lines
  }

  /// An error at a line of this file.
  func malformed(_ line: Line, _ message: String, remedy: String) -> DatasetsError {
    DatasetsError(
      .malformed, "line \(line.number): \(message)", remedy: remedy, path: path,
      offset: line.offset)
  }

  /// The byte where text ends: the length of the longest prefix that is UTF-8 without a zero.
  private static func firstNonText(in bytes: some Collection<UInt8>) -> Int {
    var decoder = UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = 0
    while true {
      switch decoder.parseScalar(from: &iterator) {
      case .valid(let scalar) where scalar.first != 0: offset += scalar.count
      case .valid, .error, .emptyInput: return offset
      }
    }
  }
}
