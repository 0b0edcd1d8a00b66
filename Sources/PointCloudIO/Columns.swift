/// One value of every record, picked out of bytes: value `i` starts at `offset + i * step`.
enum Columns {
  /// Little-endian 32-bit floats.
  static func floats(_ bytes: [UInt8], offset: Int, step: Int, count: Int) -> [Float] {
    column(bytes, offset: offset, step: step, count: count) {
      Float(bitPattern: UInt32(littleEndian: $0))
    }
  }

  /// Little-endian integers of any width, each changed by `transform`.
  @inline(__always)
  static func column<Stored: FixedWidthInteger, Value>(
    _ bytes: [UInt8], offset: Int, step: Int, count: Int, _ transform: (Stored) -> Value
  ) -> [Value] {
    let end = count == 0 ? 0 : offset + (count - 1) * step + MemoryLayout<Stored>.size
    precondition(offset >= 0 && end <= bytes.count, "a column ends at \(end) of \(bytes.count)")
    return bytes.withUnsafeBytes { bytes in
      [Value](unsafeUninitializedCapacity: count) { values, filled in
        for index in 0..<count {
          let stored = bytes.loadUnaligned(fromByteOffset: offset + index * step, as: Stored.self)
          values.initializeElement(at: index, to: transform(stored))
        }
        filled = count
      }
    }
  }

  /// Writes values into the records of `bytes`, little-endian.
  @inline(__always)
  static func store<Value, Stored: FixedWidthInteger>(
    _ values: [Value], into bytes: inout [UInt8], offset: Int, step: Int,
    _ transform: (Value) -> Stored
  ) {
    let end =
      values.isEmpty ? 0 : offset + (values.count - 1) * step + MemoryLayout<Stored>.size
    precondition(offset >= 0 && end <= bytes.count, "a column ends at \(end) of \(bytes.count)")
    bytes.withUnsafeMutableBytes { bytes in
      for index in values.indices {
        bytes.storeBytes(
          of: transform(values[index]).littleEndian, toByteOffset: offset + index * step,
          as: Stored.self)
      }
    }
  }
}
