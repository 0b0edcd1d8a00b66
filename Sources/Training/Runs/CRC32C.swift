/// The checksum of Castagnoli's polynomial, as iSCSI has it (RFC 3720, section 12.1).
package enum CRC32C {
  // Remainders of all bytes; the polynomial's bits from the lowest power.
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { rest, _ in
      rest >> 1 ^ (rest & 1 == 1 ? 0x82F6_3B78 : 0)
    }
  }

  /// The checksum of some bytes.
  package static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { rest, byte in
      rest >> 8 ^ table[Int(UInt8(truncatingIfNeeded: rest) ^ byte)]
    }
  }

  /// The checksum turned so that one of bytes that hold checksums is safe too, as TFRecord files
  /// have it.
  package static func masked(_ bytes: [UInt8]) -> UInt32 {
    let sum = checksum(bytes)
    return (sum >> 15 | sum << 17) &+ 0xA282_EAD8
  }
}
