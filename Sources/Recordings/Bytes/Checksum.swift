import CZlib

/// The CRC-32 of ZIP and MCAP, of bytes that come piece by piece.
struct Checksum {
  /// The checksum of all bytes so far; 0 where there were none.
  private(set) var value: UInt32 = 0

  init() {}

  init(of bytes: [UInt8]) {
    update(with: bytes)
  }

  mutating func update(with bytes: [UInt8]) {
    value = bytes.withUnsafeBufferPointer {
      UInt32(truncatingIfNeeded: crc32_z(UInt(value), $0.baseAddress, $0.count))
    }
  }
}
