import Foundation

/// How much memory a process held over some time, in MiB.
struct MemoryRange: Encodable, Equatable, CustomStringConvertible {
  var first: Double
  var lowest: Double
  var highest: Double

  /// How far it went from the first value.
  var deviation: Double { max(first - lowest, highest - first) }

  var description: String {
    String(format: "%.1f MiB, then %.1f to %.1f", first, lowest, highest)
  }

  /// Values one after the other.
  struct Series {
    private(set) var range: MemoryRange?

    mutating func add(_ value: Double) {
      let before = range ?? MemoryRange(first: value, lowest: value, highest: value)
      range = MemoryRange(
        first: before.first, lowest: min(before.lowest, value), highest: max(before.highest, value))
    }
  }
}
