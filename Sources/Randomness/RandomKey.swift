/// The name of a sequence of random numbers.
///
/// The numbers are a function of the key and a counter, not of what was drawn before: scene 7 or
/// sample 7 is the same whoever makes it, and in whatever order (Salmon et al., "Parallel random
/// numbers: as easy as 1, 2, 3", 2011; the mixing function is SplitMix64's).
public struct RandomKey: Hashable, Sendable {
  @usableFromInline let bits: UInt64

  /// The key that all others of a seed are made from.
  public init(seed: UInt64) {
    self.init(bits: Self.mixed(seed &+ 0x5851_F42D_4C95_7F2D))
  }

  @inlinable
  init(bits: UInt64) {
    self.bits = bits
  }

  /// The key of one of several things below this one.
  ///
  /// - Parameters:
  ///   - purpose: what the key is for, below 65,536, so that two uses of one index draw different
  ///     numbers; a module that draws numbers names its purposes.
  ///   - index: which of the things.
  /// - Returns: a key whose numbers have nothing to do with those of other names.
  @inlinable
  public func key(purpose: UInt64, index: Int = 0) -> Self {
    let name = purpose << 48 ^ UInt64(bitPattern: Int64(index))
    return Self(bits: Self.mixed(bits ^ Self.mixed(name)))
  }

  /// 64 random bits.
  @inlinable @inline(__always)
  public func bits(at counter: UInt64) -> UInt64 {
    Self.mixed(bits &+ counter &* 0x9E37_79B9_7F4A_7C15)
  }

  /// The numbers of this key one after the other.
  @inlinable
  public var stream: RandomStream { RandomStream(key: self) }

  @inlinable @inline(__always)
  static func mixed(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
