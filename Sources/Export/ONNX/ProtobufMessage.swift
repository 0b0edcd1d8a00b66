import Foundation

/// A message in the wire format of Protocol Buffers (protobuf.dev, "Encoding"), built field by field.
///
/// A field is a tag, which holds its number and its kind, and a value; absent fields take no bytes.
struct ProtobufMessage: Equatable {
  /// The message as it is written.
  private(set) var bytes = Data()

  /// How a value is laid out behind its tag.
  private enum WireType: UInt64 {
    /// Groups of seven bits, the lowest first.
    case varint = 0
    /// A length and as many bytes.
    case lengthDelimited = 2
    /// Four bytes, the lowest first.
    case fixed32 = 5
  }

  /// Adds a whole number; one below 0 takes ten bytes, as 64 bits of two's complement.
  mutating func add(_ field: Int, _ number: Int) {
    addTag(field, .varint)
    addVarint(UInt64(bitPattern: Int64(number)))
  }

  /// Adds a 32-bit float.
  mutating func add(_ field: Int, _ number: Float) {
    addTag(field, .fixed32)
    withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Adds a text in UTF-8.
  mutating func add(_ field: Int, _ text: String) { add(field, Data(text.utf8)) }

  /// Adds bytes as they are.
  mutating func add(_ field: Int, _ data: Data) {
    addTag(field, .lengthDelimited)
    addVarint(UInt64(data.count))
    bytes.append(data)
  }

  /// Adds a message within this one.
  mutating func add(_ field: Int, _ message: ProtobufMessage) { add(field, message.bytes) }

  /// Adds a message within this one, built here.
  mutating func add(_ field: Int, _ build: (inout ProtobufMessage) -> Void) {
    var message = ProtobufMessage()
    build(&message)
    add(field, message)
  }

  private mutating func addTag(_ field: Int, _ type: WireType) {
    precondition(field > 0, "a field numbered \(field)")
    addVarint(UInt64(field) << 3 | type.rawValue)
  }

  private mutating func addVarint(_ number: UInt64) {
    var rest = number
    while rest > 0x7f {
      bytes.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
