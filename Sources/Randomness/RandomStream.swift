import Foundation

/// The random numbers of a key, one after the other.
public struct RandomStream: Sendable {
  /// Whose numbers they are.
  public let key: RandomKey
  @usableFromInline var counter: UInt64 = 0

  /// The numbers of a key from its first.
  @inlinable
  public init(key: RandomKey) {
    self.key = key
  }

  /// 64 random bits.
  @inlinable @inline(__always)
  public mutating func next() -> UInt64 {
    counter &+= 1
    return key.bits(at: counter)
  }

  /// A number from 0 to below 1.
  @inlinable @inline(__always)
  public mutating func uniform() -> Float {
    Float(next() >> 40) * 0x1p-24
  }

  /// A number in a range.
  @inlinable
  public mutating func uniform(_ range: ClosedRange<Float>) -> Float {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// An integer in a range.
  @inlinable
  public mutating func integer(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(Float(range.count) * uniform())
  }

  /// Whether something of the given probability happens.
  @inlinable
  public mutating func chance(_ probability: Float) -> Bool {
    uniform() < probability
  }

  /// One of two signs.
  @inlinable
  public mutating func sign() -> Float {
    chance(0.5) ? 1 : -1
  }

  /// A number of a normal distribution (Box and Muller).
  public mutating func normal(_ mean: Float = 0, _ deviation: Float = 1) -> Float {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return mean + deviation * radius * cos(2 * .pi * uniform())
  }

  /// A number of a normal distribution, drawn again until it is in a range around the mean.
  public mutating func normal(_ mean: Float, _ deviation: Float, within range: ClosedRange<Float>)
    -> Float
  {
    for _ in 0..<16 {
      let value = normal(mean, deviation)
      if range.contains(value) { return value }
    }
    return min(max(mean, range.lowerBound), range.upperBound)
  }

  /// A number of an exponential distribution, cut off at its 98th percentile.
  public mutating func exponential(mean: Float) -> Float {
    -mean * log(1 - 0.98 * uniform())
  }

  /// One of several things, each as often as its weight says.
  @inlinable
  public mutating func pick<T>(_ choices: [(T, weight: Float)]) -> T {
    var rest = uniform() * choices.reduce(0) { $0 + $1.weight }
    for (choice, weight) in choices {
      rest -= weight
      if rest < 0 { return choice }
    }
    return choices[choices.count - 1].0
  }

  /// One of several things, all equally often.
  @inlinable
  public mutating func pick<T>(_ choices: [T]) -> T {
    choices[integer(0...choices.count - 1)]
  }
}
