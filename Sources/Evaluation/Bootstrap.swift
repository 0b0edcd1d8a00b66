/// How far a number might have come out otherwise, had other drives been recorded: the drives are drawn
/// again and again with replacement, and the middle share of the results is told.
///
/// Scans of one drive resemble each other, so it is drives that are drawn, not scans or points
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

  /// The interval of each measure over the drives, or nothing for one that no draw defines, or where
  /// there are fewer than two drives to draw from.
  func intervals(
    of drives: [ConfusionMatrix], measures: [(ConfusionMatrix) -> Double?]
  ) -> [ClosedRange<Double>?] {
    guard drives.count > 1 else { return measures.map { _ in nil } }
    var generator = SplitMix64(state: seed)
    var results = measures.map { _ in [Double]() }
    for _ in 0..<resampleCount {
      var sum = ConfusionMatrix(classes: drives[0].classes)
      for _ in drives { sum += drives[Int.random(in: drives.indices, using: &generator)] }
      for (index, measure) in measures.enumerated() {
        if let value = measure(sum) { results[index].append(value) }
      }
    }
    return results.map { interval(of: $0.sorted()) }
  }

  private func interval(of sorted: [Double]) -> ClosedRange<Double>? {
    guard !sorted.isEmpty else { return nil }
    let tail = (1 - coverage) / 2
    return Self.quantile(tail, of: sorted)...Self.quantile(1 - tail, of: sorted)
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
