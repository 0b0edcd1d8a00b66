/// A place in a message's bytes, from which its parts are taken in the order of its definition.
package protocol MessageReader {
  /// The next whole number.
  ///
  /// - Throws: `.damaged` where the message is too short for it.
  mutating func integer<Whole: FixedWidthInteger>(
    as type: Whole.Type
  ) throws(RecordingsError) -> Whole

  /// The next text.
  ///
  /// - Throws: `.damaged` where the message is too short for it.
  mutating func text() throws(RecordingsError) -> String

  /// The next `count` bytes, of an array of fixed length.
  ///
  /// - Throws: `.damaged` where there are fewer.
  mutating func bytes(_ count: Int) throws(RecordingsError) -> ArraySlice<UInt8>

  /// Bytes that are left.
  var remaining: Int { get }

  /// A `std_msgs/Header`.
  ///
  /// - Throws: `.damaged` where the message is too short for it.
  mutating func header() throws(RecordingsError) -> MessageHeader
}

/// When and in which frame a message's content was measured.
public struct MessageHeader: Equatable, Sendable {
  /// Nanoseconds since 1970.
  public var stamp: Int64
  /// The name of the coordinate frame.
  public var frame: String

  /// A header; see the properties.
  public init(stamp: Int64 = 0, frame: String = "") {
    self.stamp = stamp
    self.frame = frame
  }

  /// Nanoseconds from the seconds and nanoseconds of a message.
  static func nanoseconds(seconds: Int64, _ nanoseconds: UInt32) -> Int64 {
    seconds * 1_000_000_000 + Int64(nanoseconds)
  }

  /// The seconds of a stamp that a message holds, and the nanoseconds beyond them.
  ///
  /// Years that 32 bits do not reach become the nearest that they do.
  static func parts(of stamp: Int64) -> (seconds: Int32, nanoseconds: UInt32) {
    let rest = stamp % 1_000_000_000
    let seconds = stamp / 1_000_000_000 - (rest < 0 ? 1 : 0)
    return (Int32(clamping: seconds), UInt32(rest < 0 ? rest + 1_000_000_000 : rest))
  }
}

extension MessageReader {
  /// The length of the sequence that follows, of elements of at least `size` bytes each.
  ///
  /// - Throws: `.damaged` where that many are not there, so that nothing is allocated for them.
  package mutating func count(
    ofElementsOf size: Int, _ what: String
  ) throws(RecordingsError) -> Int {
    let count = Int(try integer(as: UInt32.self))
    guard count <= remaining / size else {
      throw .damaged("\(count) \(what) are claimed in the \(remaining) bytes that are left")
    }
    return count
  }
}
