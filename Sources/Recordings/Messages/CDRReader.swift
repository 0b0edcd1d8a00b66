/// Takes the parts of a message in Common Data Representation (OMG DDS-RTPS 2.5, section 10; XCDR1,
/// and XCDR2 for types without extensions).
///
/// Four bytes say which variant follows. A number lies at a multiple of its size, counted from behind
/// them; in XCDR2 at a multiple of 4 at most.
package struct CDRReader: MessageReader {
  private let content: [UInt8]
  private let order: ByteOrder
  private let largestAlignment: Int
  private var position = Self.start

  private static let start = 4

  /// Bytes that are left.
  package var remaining: Int { content.count - position }

  /// A reader at the start of a message.
  ///
  /// - Throws: `.damaged` where there is no start; `.unsupported` for parameter lists.
  package init(_ bytes: [UInt8]) throws(RecordingsError) {
    guard bytes.count >= Self.start else {
      throw .damaged("\(bytes.count) bytes are no message in CDR", at: 0)
    }
    let variant = bytes.integer(at: 0, .big, as: UInt16.self)
    switch variant {
    case 0x00, 0x01: largestAlignment = 8
    case 0x06, 0x07, 0x10, 0x11: largestAlignment = 4
    default:
      throw RecordingsError(
        .unsupported, "the message's CDR variant is \(variant), not plain CDR",
        remedy: "Record it with types that are not extensible.", offset: 0)
    }
    content = bytes
    order = variant & 1 == 0 ? .big : .little
  }

  /// The next whole number.
  ///
  /// - Throws: `.damaged` where the message is too short for it.
  package mutating func integer<Whole: FixedWidthInteger>(
    as type: Whole.Type
  ) throws(RecordingsError) -> Whole {
    let size = Whole.bitWidth / 8
    let alignment = min(size, largestAlignment)
    let place = position + (alignment - (position - Self.start) % alignment) % alignment
    guard place + size <= content.count else { throw tooShort(size) }
    position = place + size
    return content.integer(at: place, order)
  }

  /// The next floating-point number of 32 bits.
  ///
  /// - Throws: `.damaged` where the message is too short for it.
  package mutating func float() throws(RecordingsError) -> Float {
    Float(bitPattern: try integer(as: UInt32.self))
  }

  /// The next floating-point number of 64 bits.
  ///
  /// - Throws: `.damaged` where the message is too short for it.
  package mutating func double() throws(RecordingsError) -> Double {
    Double(bitPattern: try integer(as: UInt64.self))
  }

  /// The next text, without the zero that ends it.
  ///
  /// - Throws: `.damaged` where the message is too short for it.
  package mutating func text() throws(RecordingsError) -> String {
    let bytes = try bytes(Int(integer(as: UInt32.self)))
    return String(decoding: bytes.last == 0 ? bytes.dropLast() : bytes, as: UTF8.self)
  }

  /// The next `count` bytes.
  ///
  /// - Throws: `.damaged` where there are fewer.
  package mutating func bytes(_ count: Int) throws(RecordingsError) -> ArraySlice<UInt8> {
    guard count <= remaining else { throw tooShort(count) }
    defer { position += count }
    return content[position..<position + count]
  }

  /// A `std_msgs/msg/Header`.
  ///
  /// - Throws: `.damaged` where the message is too short for it.
  package mutating func header() throws(RecordingsError) -> MessageHeader {
    let seconds = try integer(as: Int32.self)
    let stamp = MessageHeader.nanoseconds(
      seconds: Int64(seconds), try integer(as: UInt32.self))
    return MessageHeader(stamp: stamp, frame: try text())
  }

  private func tooShort(_ count: Int) -> RecordingsError {
    .damaged(
      "\(count) bytes are expected where the message has \(remaining) left", at: position)
  }
}
