import Foundation

/// How long something took, over as many times as one likes: bins in equal ratios of two per cent, so that
/// its size does not grow.
public struct LatencyHistogram: Equatable, Sendable {
  private static let ratio = 1.02
  /// The upper end of the first bin, in milliseconds; the last one holds all above 1000 s.
  private static let shortest = 0.001
  private static let binCount = Int(log(1e9) / log(ratio)) + 2

  private var counts = [Int](repeating: 0, count: Self.binCount)
  /// How often it was measured.
  public private(set) var count = 0
  /// The longest time, in milliseconds.
  public private(set) var longest = 0.0

  /// Nothing measured yet.
  public init() {}

  /// Adds a time in milliseconds; a negative one counts as none.
  public mutating func add(_ milliseconds: Double) {
    let place = log(max(milliseconds, Self.shortest) / Self.shortest) / log(Self.ratio)
    counts[min(Self.binCount - 1, Int(place.rounded(.up)))] += 1
    count += 1
    longest = max(longest, milliseconds)
  }

  /// The time within which a share of them was done, in milliseconds, at most two per cent too long.
  ///
  /// - Parameter share: above 0 to 1.
  /// - Returns: nothing where nothing was measured.
  public func quantile(_ share: Double) -> Double? {
    guard count > 0 else { return nil }
    let rank = max(1, Int((share * Double(count)).rounded(.up)))
    var seen = 0
    for (place, inBin) in counts.enumerated() {
      seen += inBin
      if seen >= rank { return min(longest, Self.shortest * pow(Self.ratio, Double(place))) }
    }
    return longest
  }
}
