import Foundation

/// Damage to a file's bytes: the kinds that make PCL's own readers crash.
struct Mutants {
  private var generator: SeededGenerator
  private static let insertions = ["-1", "99999999999", "0", " ", "\n", "nan", "4294967296"]

  init(seed: UInt64) { generator = SeededGenerator(state: seed) }

  /// A copy with one to six changes within its first `reach` bytes: bytes replaced, taken out or put
  /// in, or the rest cut off.
  mutating func damaged(_ bytes: [UInt8], reach: Int = 260) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...6, using: &generator) where !bytes.isEmpty {
      let place = Int.random(in: 0..<min(bytes.count, reach), using: &generator)
      switch Double.random(in: 0..<1, using: &generator) {
      case ..<0.5: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case ..<0.7:
        let count = Int.random(in: 1...6, using: &generator)
        bytes.removeSubrange(place..<min(place + count, bytes.count))
      case ..<0.9:
        let text = Self.insertions.randomElement(using: &generator) ?? ""
        bytes.insert(contentsOf: Array(text.utf8), at: place)
      default: bytes.removeSubrange((place + 1)...)
      }
    }
    return bytes
  }

  /// A copy with one bit turned over.
  mutating func flipped(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^=
      1 << UInt8.random(in: 0..<8, using: &generator)
    return bytes
  }

  mutating func random(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }
}
