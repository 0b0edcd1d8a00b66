package import Foundation

/// The secure hash algorithm with 256 bits (FIPS 180-4), by which files are told apart.
package enum SHA256 {
  /// The digest of some bytes, as 64 hexadecimal digits.
  package static func hexadecimalDigest(of data: Data) -> String {
    var state = initialState
    var message = [UInt8](data)
    let bitCount = UInt64(message.count) * 8
    message.append(0x80)
    while message.count % 64 != 56 { message.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      message.append(UInt8(truncatingIfNeeded: bitCount >> UInt64(shift)))
    }
    message.withUnsafeBytes { bytes in
      var words = [UInt32](repeating: 0, count: 64)
      for first in stride(from: 0, to: bytes.count, by: 64) {
        for index in 0..<16 {
          words[index] = UInt32(
            bigEndian: bytes.loadUnaligned(fromByteOffset: first + 4 * index, as: UInt32.self))
        }
        add(&words, to: &state)
      }
    }
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  /// One round over 64 bytes, of which `words` holds the first 16 words (section 6.2.2).
  private static func add(_ words: inout [UInt32], to state: inout [UInt32]) {
    for t in 16..<64 {
      let (a, b) = (words[t - 15], words[t - 2])
      let small = rotated(a, 7) ^ rotated(a, 18) ^ a >> 3
      let great = rotated(b, 17) ^ rotated(b, 19) ^ b >> 10
      words[t] = words[t - 16] &+ small &+ words[t - 7] &+ great
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for t in 0..<64 {
      let choice = e & f ^ ~e & g
      let first =
        h &+ (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) &+ choice &+ constants[t] &+ words[t]
      let majority = a & b ^ a & c ^ b & c
      let second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) &+ majority
      (h, g, f, e) = (g, f, e, d &+ first)
      (d, c, b, a) = (c, b, a, first &+ second)
    }
    for (index, value) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= value }
  }

  private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word >> count | word << (32 - count)
  }

  private static let primes: [Int] = (2...311).filter { number in
    !(2..<number).contains { number % $0 == 0 }
  }

  /// The first 32 bits of the square roots of the first eight primes, without their whole parts.
  private static let initialState = primes.prefix(8).map { prime in
    fraction(Double(prime).squareRoot())
  }

  /// The same of the cube roots of the first 64 primes.
  private static let constants = primes.map { fraction(cbrt(Double($0))) }

  private static func fraction(_ root: Double) -> UInt32 {
    UInt32((root - root.rounded(.down)) * 4_294_967_296)
  }
}
