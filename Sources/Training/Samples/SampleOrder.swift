public import Randomness

/// Which image of a source its `n`th sample is, as a function of `n` alone.
///
/// An epoch has as many samples as the source has images. Where all images weigh the same each of
/// them comes once; otherwise an image comes as often as its weight says, rounded up or down.
public struct SampleOrder: Sendable {
  private enum Kind: Sendable {
    case endless
    case sequential(count: Int)
    case shuffled(count: Int, RandomKey)
    case weighted(sums: [Double], RandomKey)
  }

  private let kind: Kind

  /// One image after the other, again and again; `count` is nothing for a source without an end.
  public static func sequential(count: Int?) -> Self {
    Self(kind: count.map { .sequential(count: $0) } ?? .endless)
  }

  /// Each image once in each epoch, in an order of its own.
  public static func shuffled(count: Int, key: RandomKey) -> Self {
    Self(kind: .shuffled(count: count, key))
  }

  /// Each image as often as its weight says (systematic resampling with an offset for each epoch),
  /// in a new order for each epoch.
  ///
  /// - Precondition: there are weights, none below 0 and not all 0.
  public static func weighted(_ weights: [Double], key: RandomKey) -> Self {
    var sum = 0.0
    let sums = weights.map { weight in
      precondition(weight >= 0, "the weight \(weight) is below 0")
      sum += weight
      return sum
    }
    precondition(sum > 0, "\(weights.count) weights with the sum \(sum)")
    return Self(kind: .weighted(sums: sums, key))
  }

  /// The image that a sample of the source is.
  public func image(ofSample number: Int) -> Int {
    switch kind {
    case .endless: return number
    case .sequential(let count): return number % count
    case .shuffled(let count, let key):
      let (epoch, position) = number.quotientAndRemainder(dividingBy: count)
      return Self.permuted(position, count: count, key: key.key(.epoch, epoch))
    case .weighted(let sums, let key):
      let (epoch, position) = number.quotientAndRemainder(dividingBy: sums.count)
      let key = key.key(.epoch, epoch)
      let place = Double(Self.permuted(position, count: sums.count, key: key))
      var stream = key.key(.order).stream
      let total = sums[sums.count - 1]
      return Self.first(
        in: sums, above: (place + Double(stream.uniform())) / Double(sums.count) * total)
    }
  }

  /// The first position whose sum exceeds a value; the last with a weight where none does.
  private static func first(in sums: [Double], above value: Double) -> Int {
    let value = min(value, sums[sums.count - 1].nextDown)
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > value { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Where a permutation puts a position: a Feistel network over the next power of four, repeated
  /// until it ends below `count` (Black and Rogaway, "Ciphers with arbitrary finite domains", 2002).
  static func permuted(_ position: Int, count: Int, key: RandomKey) -> Int {
    let bitCount = Int.bitWidth - (count - 1).leadingZeroBitCount
    let half = UInt64(max(1, (bitCount + 1) / 2))
    let mask = (1 << half) - 1 as UInt64
    var value = UInt64(position)
    repeat {
      var (left, right) = (value >> half, value & mask)
      for round in 0..<6 as Range<UInt64> {
        (left, right) = (right, left ^ key.bits(at: round << 40 ^ right) & mask)
      }
      value = left << half | right
    } while value >= UInt64(count)
    return Int(value)
  }
}
