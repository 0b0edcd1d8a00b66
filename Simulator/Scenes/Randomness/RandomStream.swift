import Foundation

/// The random numbers of a key, one after the other.
struct RandomStream: Sendable {
  let key: RandomKey
  private var counter: UInt64 = 0

  init(key: RandomKey) {
    self.key = key
  }

  /// 64 random bits.
  @inline(__always)
  mutating func next() -> UInt64 {
    counter &+= 1
    return key.bits(at: counter)
  }

  /// A number from 0 to below 1.
  @inline(__always)
  mutating func uniform() -> Float {
    Float(next() >> 40) * 0x1p-24
  }

  /// A number in a range.
  mutating func uniform(_ range: ClosedRange<Float>) -> Float {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// An integer in a range.
  mutating func integer(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(Float(range.count) * uniform())
  }

  /// Whether something of the given probability happens.
  mutating func chance(_ probability: Float) -> Bool {
    uniform() < probability
  }

  /// One of two signs.
  mutating func sign() -> Float {
    chance(0.5) ? 1 : -1
  }

  /// A number of a normal distribution (Box and Muller).
  mutating func normal(_ mean: Float = 0, _ deviation: Float = 1) -> Float {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return mean + deviation * radius * cos(2 * .pi * uniform())
  }

  /// A number of a normal distribution, drawn again until it is in a range around the mean.
  mutating func normal(_ mean: Float, _ deviation: Float, within range: ClosedRange<Float>) -> Float
  {
    for _ in 0..<16 {
      let value = normal(mean, deviation)
      if range.contains(value) { return value }
    }
    return min(max(mean, range.lowerBound), range.upperBound)
  }

  /// A number of an exponential distribution, cut off at its 98th percentile.
  mutating func exponential(mean: Float) -> Float {
    -mean * log(1 - 0.98 * uniform())
  }

  /// One of several things, each as often as its weight says.
  mutating func pick<T>(_ choices: [(T, weight: Float)]) -> T {
    var rest = uniform() * choices.reduce(0) { $0 + $1.weight }
    for (choice, weight) in choices {
      rest -= weight
      if rest < 0 { return choice }
    }
    return choices[choices.count - 1].0
  }

  /// One of several things, all equally often.
  mutating func pick<T>(_ choices: [T]) -> T {
    choices[integer(0...choices.count - 1)]
  }
}
