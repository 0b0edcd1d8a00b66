/// The header of a NumPy array file, versions 1 to 3 (numpy.lib.format).
struct NumpyHeader {
  enum Element: String, CaseIterable {
    case little32 = "<f4"
    case little64 = "<f8"
    case big32 = ">f4"
    case big64 = ">f8"
    case int32 = "<i4"
    case int64 = "<i8"
    case byte = "|u1"

    var size: Int {
      switch self {
      case .byte: 1
      case .little32, .big32, .int32: 4
      case .little64, .big64, .int64: 8
      }
    }

    /// Whether scans may be stored so: positions are no whole numbers.
    var isReal: Bool {
      switch self {
      case .little32, .little64, .big32, .big64: true
      case .int32, .int64, .byte: false
      }
    }

    /// The value at a byte offset.
    ///
    /// - Precondition: it lies inside the bytes.
    func value(in bytes: UnsafeRawBufferPointer, at offset: Int) -> Double {
      precondition(offset >= 0 && offset + size <= bytes.count, "a value outside the file")
      func load<Bits: FixedWidthInteger>(_ type: Bits.Type = Bits.self) -> Bits {
        bytes.loadUnaligned(fromByteOffset: offset, as: Bits.self)
      }
      return switch self {
      case .little32: Double(Float(bitPattern: UInt32(littleEndian: load())))
      case .big32: Double(Float(bitPattern: UInt32(bigEndian: load())))
      case .little64: Double(bitPattern: UInt64(littleEndian: load()))
      case .big64: Double(bitPattern: UInt64(bigEndian: load()))
      case .int32: Double(Int32(littleEndian: load()))
      case .int64: Double(Int64(littleEndian: load()))
      case .byte: Double(load(UInt8.self))
      }
    }
  }

  var element: Element
  var isColumnMajor: Bool
  var shape: [Int]
  /// Where the values start.
  var bodyStart: Int

  private enum Value {
    case text(String)
    case flag(Bool)
    case sizes([Int])
  }

  init(_ file: FileContent) throws(PointCloudIOError) {
    guard file.count >= 10 else { throw file.damaged("the header breaks off", at: file.count) }
    let version = file.bytes[6]
    guard (1...3).contains(version) else {
      throw file.unsupported(
        "version \(version) of NumPy's format is not read", at: 6,
        remedy: "Save the array again with numpy.save.")
    }
    let lengthSize = version == 1 ? 2 : 4
    let start = 8 + lengthSize
    let length = file.bytes[8..<min(start, file.count)].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= 1 << 16, start + length <= file.count else {
      throw file.damaged("the header of \(length) bytes does not end in the file", at: 8)
    }
    bodyStart = start + length
    var literal = LiteralCursor(file.bytes[start..<bodyStart])
    guard let entries = Self.entries(&literal) else {
      throw file.damaged("the header is no dictionary of a plain array", at: literal.offset)
    }
    guard case .text(let type) = entries["descr"], case .flag(let order) = entries["fortran_order"],
      case .sizes(let shape) = entries["shape"], entries.count == 3
    else {
      throw file.damaged("the header lacks descr, fortran_order or shape", at: start)
    }
    guard let element = Element(rawValue: type) else {
      let known = Element.allCases.map(\.rawValue).joined(separator: ", ")
      throw file.unsupported(
        "the values have another type than \(known)", at: start,
        remedy: "Convert the array with astype(\"<f4\").")
    }
    self.element = element
    isColumnMajor = order
    self.shape = shape
  }

  private static func entries(_ literal: inout LiteralCursor) -> [String: Value]? {
    var entries: [String: Value] = [:]
    guard literal.take("{") else { return nil }
    while !literal.take("}") {
      guard let key = literal.quoted(), literal.take(":"), let value = value(&literal),
        entries.updateValue(value, forKey: key) == nil
      else { return nil }
      if literal.take(",") { continue }
      guard literal.take("}") else { return nil }
      break
    }
    return literal.isAtEnd ? entries : nil
  }

  private static func value(_ literal: inout LiteralCursor) -> Value? {
    if let text = literal.quoted() { return .text(text) }
    if literal.take("True") { return .flag(true) }
    if literal.take("False") { return .flag(false) }
    guard literal.take("(") else { return nil }
    var sizes: [Int] = []
    while !literal.take(")") {
      guard sizes.count < 32, let size = literal.number() else { return nil }
      sizes.append(size)
      if literal.take(",") { continue }
      guard literal.take(")") else { return nil }
      break
    }
    return .sizes(sizes)
  }

  /// A header of version 1 for a row-major array, padded so that the values start aligned.
  static func bytes(_ element: Element, shape: [Int]) -> [UInt8] {
    let sizes = shape.map(String.init).joined(separator: ", ")
    let text = "{'descr': '\(element.rawValue)', 'fortran_order': False, 'shape': (\(sizes)), }"
    let length = (10 + text.utf8.count + 1 + 63) / 64 * 64 - 10
    let padding = String(repeating: " ", count: length - text.utf8.count - 1) + "\n"
    let start: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    return start + [UInt8(length & 255), UInt8(length >> 8)] + Array((text + padding).utf8)
  }
}

/// Reads the few Python literals that such a header is made of.
private struct LiteralCursor {
  private let bytes: ArraySlice<UInt8>
  private(set) var offset: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    offset = bytes.startIndex
  }

  var isAtEnd: Bool { bytes[offset...].allSatisfy(Self.isBlank) }

  mutating func take(_ text: String) -> Bool {
    skipBlanks()
    guard bytes[offset...].starts(with: text.utf8) else { return false }
    offset += text.utf8.count
    return true
  }

  mutating func quoted() -> String? {
    for mark in ["'", "\""] where take(mark) {
      guard let end = bytes[offset...].firstIndex(of: mark.utf8[mark.utf8.startIndex]) else {
        return nil
      }
      defer { offset = end + 1 }
      return String(decoding: bytes[offset..<end], as: UTF8.self)
    }
    return nil
  }

  mutating func number() -> Int? {
    skipBlanks()
    let digits = bytes[offset...].prefix { (48...57).contains($0) }
    offset += digits.count
    return Int(String(decoding: digits, as: UTF8.self))
  }

  private mutating func skipBlanks() {
    offset = bytes[offset...].firstIndex { !Self.isBlank($0) } ?? bytes.endIndex
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
}
