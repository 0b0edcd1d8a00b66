import Foundation

/// A message of the wire format, read for the tests: its fields in order.
struct WireReader {
  /// What a field holds.
  enum Value: Equatable {
    case number(Int)
    case bytes([UInt8])
    case float(Float)
  }

  let fields: [(number: Int, value: Value)]

  /// Nothing where the bytes are no message.
  init?(_ data: some Collection<UInt8>) {
    var rest = Array(data)[...]
    var fields: [(Int, Value)] = []
    while !rest.isEmpty {
      guard let tag = Self.varint(&rest) else { return nil }
      switch tag & 7 {
      case 0:
        guard let number = Self.varint(&rest) else { return nil }
        fields.append((Int(tag >> 3), .number(Int(bitPattern: UInt(number)))))
      case 2:
        guard let length = Self.varint(&rest), length <= UInt64(rest.count) else { return nil }
        fields.append((Int(tag >> 3), .bytes(Array(rest.prefix(Int(length))))))
        rest = rest.dropFirst(Int(length))
      case 5:
        guard rest.count >= 4 else { return nil }
        let bits = rest.prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        fields.append((Int(tag >> 3), .float(Float(bitPattern: bits))))
        rest = rest.dropFirst(4)
      default: return nil
      }
    }
    self.fields = fields
  }

  private static func varint(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
    var number: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard let byte = bytes.popFirst() else { return nil }
      number |= UInt64(byte & 0x7f) << shift
      if byte & 0x80 == 0 { return number }
    }
    return nil
  }

  func values(_ field: Int) -> [Value] { fields.filter { $0.number == field }.map(\.value) }

  func numbers(_ field: Int) -> [Int] {
    values(field).compactMap { if case .number(let number) = $0 { number } else { nil } }
  }

  func bytes(_ field: Int) -> [[UInt8]] {
    values(field).compactMap { if case .bytes(let bytes) = $0 { bytes } else { nil } }
  }

  func texts(_ field: Int) -> [String] { bytes(field).map { String(decoding: $0, as: UTF8.self) } }

  func messages(_ field: Int) -> [WireReader] { bytes(field).compactMap { WireReader($0) } }
}
