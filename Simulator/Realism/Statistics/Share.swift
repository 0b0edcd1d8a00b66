/// How often something was so, of how many times it could have been.
public struct Share: Equatable, Sendable {
  /// How often it was so.
  public private(set) var hits = 0
  /// How often it could have been.
  public private(set) var trials = 0

  /// 0 to 1; nothing where it never could have been.
  public var value: Double? { trials > 0 ? Double(hits) / Double(trials) : nil }

  mutating func count(_ isHit: Bool) {
    trials += 1
    if isHit { hits += 1 }
  }

  static func += (share: inout Self, other: Self) {
    share.hits += other.hits
    share.trials += other.trials
  }
}

/// The mean of values that were not kept.
public struct Mean: Equatable, Sendable {
  private var sum = 0.0
  /// How many values there were.
  public private(set) var count = 0

  /// Nothing where there were no values.
  public var value: Double? { count > 0 ? sum / Double(count) : nil }

  mutating func add(_ value: Float) {
    sum += Double(value)
    count += 1
  }

  static func += (mean: inout Self, other: Self) {
    mean.sum += other.sum
    mean.count += other.count
  }
}
