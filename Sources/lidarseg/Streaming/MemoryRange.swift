import Foundation

/// How much memory a process held over some time, in MiB.
struct MemoryRange: Encodable, Equatable, CustomStringConvertible {
  var first: Double
  var last: Double
  var lowest: Double
  var highest: Double

  /// How far it went from the middle.
  var deviation: Double { (highest - lowest) / 2 }

  var description: String {
    String(format: "%.1f to %.1f MiB, at last %.1f", lowest, highest, last)
  }

  /// Values one after the other.
  struct Series {
    private(set) var range: MemoryRange?

    mutating func add(_ value: Double) {
      let before = range ?? MemoryRange(first: value, last: value, lowest: value, highest: value)
      range = MemoryRange(
        first: before.first, last: value, lowest: min(before.lowest, value),
        highest: max(before.highest, value))
    }
  }
}
