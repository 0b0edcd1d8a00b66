/// Takes the parts of a message in ROS 1's serialisation: little-endian, without padding, texts and
/// sequences behind their length of 32 bits.
package struct ROS1Reader: MessageReader {
  private let content: [UInt8]
  private var position = 0

  /// Bytes that are left.
  package var remaining: Int { content.count - position }

  /// A reader at the start of a message.
  package init(_ bytes: [UInt8]) {
    content = bytes
  }

  /// The next whole number.
  ///
  /// - Throws: `.damaged` where the message is too short for it.
  package mutating func integer<Whole: FixedWidthInteger>(
    as type: Whole.Type
  ) throws(RecordingsError) -> Whole {
    let size = Whole.bitWidth / 8
    guard size <= remaining else { throw tooShort(size) }
    defer { position += size }
    return content.integer(at: position)
  }

  /// The next text.
  ///
  /// - Throws: `.damaged` where the message is too short for it.
  package mutating func text() throws(RecordingsError) -> String {
    String(decoding: try bytes(Int(integer(as: UInt32.self))), as: UTF8.self)
  }

  /// The next `count` bytes.
  ///
  /// - Throws: `.damaged` where there are fewer.
  package mutating func bytes(_ count: Int) throws(RecordingsError) -> ArraySlice<UInt8> {
    guard count <= remaining else { throw tooShort(count) }
    defer { position += count }
    return content[position..<position + count]
  }

  /// A `std_msgs/Header`, whose sequence number is left out.
  ///
  /// - Throws: `.damaged` where the message is too short for it.
  package mutating func header() throws(RecordingsError) -> MessageHeader {
    _ = try integer(as: UInt32.self)
    let seconds = try integer(as: UInt32.self)
    let stamp = MessageHeader.nanoseconds(
      seconds: Int64(seconds), try integer(as: UInt32.self))
    return MessageHeader(stamp: stamp, frame: try text())
  }

  private func tooShort(_ count: Int) -> RecordingsError {
    .damaged(
      "\(count) bytes are expected where the message has \(remaining) left", at: position)
  }
}
