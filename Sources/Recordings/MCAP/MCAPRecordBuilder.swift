/// A record of an MCAP file on its way into it.
struct MCAPRecordBuilder {
  private let opcode: MCAPOpcode
  private var content: [UInt8] = []

  init(_ opcode: MCAPOpcode) {
    self.opcode = opcode
  }

  mutating func write<Whole: FixedWidthInteger>(_ value: Whole) {
    content.append(integer: value)
  }

  /// Adds a text behind its length.
  mutating func write(_ text: String) {
    let bytes = Array(text.utf8)
    write(UInt32(bytes.count))
    content += bytes
  }

  /// Adds bytes as they are.
  mutating func write(_ bytes: [UInt8]) {
    content += bytes
  }

  /// The record with its kind and its length.
  var record: [UInt8] {
    var bytes = [opcode.rawValue]
    bytes.reserveCapacity(content.count + MCAPOpcode.headCount)
    bytes.append(integer: UInt64(content.count))
    return bytes + content
  }
}
