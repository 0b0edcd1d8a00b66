/// How far a number might have come out otherwise, had other drives been recorded: the drives are drawn
/// again and again with replacement, and the middle share of the results is told.
///
/// Scans of one drive resemble each other, so it is drives that are drawn, and not points; where scans
/// are drawn, the interval is too narrow by as much as they do
/// (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, percentile interval, section 13.3).
public struct Bootstrap: Equatable, Sendable, Codable {
  /// How often drives are drawn.
  public var resampleCount = 1_000
  /// The share of the results that lies within the interval, above 0 and below 1.
  public var coverage = 0.95
  /// What the draws depend on: the same seed and drives give the same interval.
  public var seed: UInt64 = 1

  /// Drawing with these settings.
  ///
  /// - Precondition: at least one resample, and a coverage above 0 and below 1.
  public init(resampleCount: Int = 1_000, coverage: Double = 0.95, seed: UInt64 = 1) {
    precondition(resampleCount > 0, "\(resampleCount) resamples")
    precondition(coverage > 0 && coverage < 1, "a coverage of \(coverage)")
    self.resampleCount = resampleCount
    self.coverage = coverage
    self.seed = seed
  }

  /// The interval of each measure over the parts (drives or scans), as its two ends; nothing for one
  /// that no draw defines, or where there are fewer than two parts to draw from.
  func intervals(
    of parts: [ConfusionMatrix], measures: [(ConfusionMatrix) -> Double?]
  ) -> [[Double]?] {
    intervals(
      of: [parts],
      measures: measures.map { measure in { (sums: [ConfusionMatrix]) in measure(sums[0]) } })
  }

  /// The same of measures of several sums, one for each set of parts; each draw takes the same parts of
  /// all sets, so that what they have in common does not widen the interval of a difference.
  ///
  /// - Precondition: all sets have as many parts.
  func intervals(
    of sets: [[ConfusionMatrix]], measures: [([ConfusionMatrix]) -> Double?]
  ) -> [[Double]?] {
    let count = sets[0].count
    precondition(sets.allSatisfy { $0.count == count }, "\(sets.map(\.count)) parts")
    guard count > 1 else { return measures.map { _ in nil } }
    var generator = SplitMix64(state: seed)
    var results = measures.map { _ in [Double]() }
    let empty = sets.map { ConfusionMatrix(classes: $0[0].classes) }
    for _ in 0..<resampleCount {
      var sums = empty
      for _ in 0..<count {
        let drawn = Int.random(in: 0..<count, using: &generator)
        for set in sets.indices { sums[set] += sets[set][drawn] }
      }
      for (index, measure) in measures.enumerated() {
        if let value = measure(sums) { results[index].append(value) }
      }
    }
    return results.map { interval(of: $0.sorted()) }
  }

  private func interval(of sorted: [Double]) -> [Double]? {
    guard !sorted.isEmpty else { return nil }
    let tail = (1 - coverage) / 2
    return [Self.quantile(tail, of: sorted), Self.quantile(1 - tail, of: sorted)]
  }

  /// Linear between the two values around the place.
  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let lower = Int(place)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + (place - Double(lower)) * (sorted[upper] - sorted[lower])
  }
}

/// Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA 2014.
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
