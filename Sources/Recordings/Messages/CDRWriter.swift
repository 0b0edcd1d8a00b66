/// Writes the parts of a message in Common Data Representation (XCDR1) as `CDRReader` takes them.
package struct CDRWriter {
  /// The message so far, with the four bytes that say its variant.
  package private(set) var bytes: [UInt8]
  private let order: ByteOrder

  /// A writer at the start of a message.
  package init(_ order: ByteOrder = .little) {
    self.order = order
    bytes = [0, order == .little ? 1 : 0, 0, 0]
  }

  /// Adds a whole number at the next multiple of its size.
  package mutating func write<Whole: FixedWidthInteger>(_ value: Whole) {
    let size = Whole.bitWidth / 8
    while (bytes.count - 4) % size != 0 { bytes.append(0) }
    bytes.append(integer: value, order)
  }

  /// Adds a floating-point number of 32 bits.
  package mutating func write(_ value: Float) { write(value.bitPattern) }

  /// Adds a floating-point number of 64 bits.
  package mutating func write(_ value: Double) { write(value.bitPattern) }

  /// Adds a text: its length with the zero that ends it, its bytes, the zero.
  package mutating func write(_ text: String) {
    let content = Array(text.utf8)
    write(UInt32(content.count + 1))
    bytes += content
    bytes.append(0)
  }

  /// Adds the bytes of an array of fixed length.
  package mutating func write(_ content: [UInt8]) {
    bytes += content
  }

  /// Adds a `std_msgs/msg/Header`.
  package mutating func write(_ header: MessageHeader) {
    let (seconds, nanoseconds) = MessageHeader.parts(of: header.stamp)
    write(seconds)
    write(nanoseconds)
    write(header.frame)
  }
}
