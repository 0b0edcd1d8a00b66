/// The name of a sequence of random numbers.
///
/// The numbers are a function of the key and a counter, not of what was drawn before: scene 7 is the
/// same whoever makes it, and in whatever order (Salmon et al., "Parallel random numbers: as easy as
/// 1, 2, 3", 2011; the mixing function is SplitMix64's).
struct RandomKey: Hashable, Sendable {
  private let bits: UInt64

  init(seed: UInt64) {
    bits = Self.mixed(seed &+ 0x5851_F42D_4C95_7F2D)
  }

  private init(bits: UInt64) {
    self.bits = bits
  }

  /// What a key is for, so that two uses of one index draw different numbers.
  enum Purpose: UInt64 {
    case scene = 1
    case street, ground, buildings, vegetation, furniture, clutter, backdrop
    case vehicles, people, riders, ego, actor
    case frame, attitude, beam, pulse, ring, patch, glass
  }

  /// The key of one of several things below this one.
  func key(_ purpose: Purpose, _ index: Int = 0) -> Self {
    let name = purpose.rawValue << 48 ^ UInt64(bitPattern: Int64(index))
    return Self(bits: Self.mixed(bits ^ Self.mixed(name)))
  }

  /// 64 random bits.
  @inline(__always)
  func bits(at counter: UInt64) -> UInt64 {
    Self.mixed(bits &+ counter &* 0x9E37_79B9_7F4A_7C15)
  }

  /// The numbers of this key one after the other.
  var stream: RandomStream { RandomStream(key: self) }

  @inline(__always)
  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
