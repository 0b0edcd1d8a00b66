import Foundation

/// How many values fell into each bin.
public struct Histogram: Equatable, Sendable {
  /// Which values a bin is for.
  public let binning: Binning
  /// One count per bin.
  public private(set) var counts: [Int]

  /// An empty histogram.
  public init(_ binning: Binning) {
    self.binning = binning
    counts = [Int](repeating: 0, count: binning.count)
  }

  /// How many values were counted.
  public var total: Int { counts.reduce(0, +) }

  /// The counts as fractions of the total; zeros where nothing was counted.
  public var shares: [Double] {
    let total = total
    return counts.map { total > 0 ? Double($0) / Double(total) : 0 }
  }

  package mutating func add(_ value: Float) { counts[binning.index(of: value)] += 1 }

  static func += (histogram: inout Self, other: Self) {
    precondition(histogram.binning == other.binning, "histograms of different bins")
    for bin in histogram.counts.indices { histogram.counts[bin] += other.counts[bin] }
  }

  /// Jensen-Shannon divergence, in bits: 0 for equal shares, 1 where no bin is in both.
  ///
  /// One empty histogram is as far from another as can be; of two empty ones nothing is known.
  /// Source: Lin, Divergence measures based on the Shannon entropy, 1991, eq. 4.1.
  public func divergence(from other: Self) -> Double? {
    precondition(binning == other.binning, "histograms of different bins")
    if total == 0 || other.total == 0 { return total == other.total ? nil : 1 }
    var bits = 0.0
    for (p, q) in zip(shares, other.shares) {
      let mean = (p + q) / 2
      if p > 0 { bits += p * log2(p / mean) / 2 }
      if q > 0 { bits += q * log2(q / mean) / 2 }
    }
    // Rounding can leave a trace below 0.
    return max(bits, 0)
  }
}

/// Which values a bin of a histogram is for; values beyond the last bin belong to it.
public enum Binning: Equatable, Sendable {
  /// Bins in equal ratios from `first` to `last`, after one for everything below `first`.
  case logarithmic(first: Float, last: Float, bins: Int)
  /// A bin for each multiple of `step`, to which values are rounded: 0, `step`, 2 `step`.
  case quanta(step: Float, bins: Int)
  /// Lengths of runs: 1 to 16 each for itself, then up to 32, 64, and so on to 512.
  case runLengths

  /// Differences between neighbouring ranges, in metres; files are exact to a millimetre, so that less
  /// is no difference.
  package static let rangeSteps = Self.logarithmic(first: 0.001, last: 80, bins: 40)
  /// Intensities of 0 to 1 in KITTI's quanta.
  package static let intensities = Self.quanta(step: 0.01, bins: 100)
  /// Ranges in metres.
  package static let ranges = Self.logarithmic(first: 2, last: 80, bins: 24)

  private static let singleLengths = 16

  /// How many bins there are.
  public var count: Int {
    switch self {
    case .logarithmic(_, _, let bins): bins + 1
    case .quanta(_, let bins): bins
    case .runLengths: Self.singleLengths + 5
    }
  }

  /// The smallest value of each bin; of `quanta` the value that is rounded to.
  public var starts: [Double] {
    switch self {
    case .logarithmic(let first, let last, let bins):
      let ratio = log(Double(last) / Double(first)) / Double(bins)
      return [0] + (0..<bins).map { Double(first) * exp(ratio * Double($0)) }
    case .quanta(let step, let bins):
      return (0..<bins).map { Double($0) * Double(step) }
    case .runLengths:
      return (1...Self.singleLengths).map(Double.init) + (0..<5).map { Double(16 << $0 + 1) }
    }
  }

  /// The bin of a value, which is not negative.
  package func index(of value: Float) -> Int {
    switch self {
    case .logarithmic(let first, let last, let bins):
      guard value >= first else { return 0 }
      let place = log(value / first) / log(last / first) * Float(bins)
      return 1 + Int(min(place, Float(bins - 1)))
    case .quanta(let step, let bins):
      return Int(max(0, min((value / step).rounded(), Float(bins - 1))))
    case .runLengths:
      let length = max(Int(value), 1)
      guard length > Self.singleLengths else { return length - 1 }
      let doublings = Int.bitWidth - (length - 1).leadingZeroBitCount - 4
      return min(Self.singleLengths - 1 + doublings, count - 1)
    }
  }
}
