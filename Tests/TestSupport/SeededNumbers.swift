public import Tensors

/// The SplitMix64 generator: the same numbers for the same seed, everywhere.
public struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  /// A generator; equal seeds give equal numbers.
  public init(seed: UInt64) {
    state = seed
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }

  /// A tensor of numbers from `range`.
  public mutating func tensor(
    _ shape: TensorShape, in range: ClosedRange<Float> = -1...1
  ) -> Tensor<Float> {
    Tensor(shape, (0..<shape.count).map { _ in Float.random(in: range, using: &self) })
  }
}
