import Randomness

/// The random numbers of one pulse: a function of the beam's key and the firing.
struct PulseNoise {
  private let key: RandomKey
  private let first: UInt64

  /// Each pulse has this many numbers; a later surface along it takes the next ones.
  private static let numbersPerPulse: UInt64 = 80

  @inline(__always)
  init(_ key: RandomKey, firing: Int, surface: Int = 0) {
    self.key = key
    first = UInt64(firing) * Self.numbersPerPulse + UInt64(surface) * 16
  }

  /// What a number is drawn for.
  enum Use: UInt64 {
    case pointing, range, drop, energy, brightness, intensity, glass, ownFate, edge, depth, porosity
  }

  /// From 0 to below 1.
  @inline(__always)
  func uniform(_ use: Use) -> Float {
    Float(key.bits(at: first + use.rawValue) >> 40) * 0x1p-24
  }

  /// Nearly normal, with mean 0 and deviation 1: the sum of four 16-bit numbers, within 3.5.
  @inline(__always)
  func normal(_ use: Use) -> Float {
    Self.normal(of: key.bits(at: first + use.rawValue))
  }

  /// Two nearly normal numbers, each the sum of two 16-bit numbers, within 2.5.
  @inline(__always)
  func normals(_ use: Use) -> (Float, Float) {
    let bits = key.bits(at: first + use.rawValue)
    let scale = Float(6).squareRoot() / 65_536
    let a = Float(bits & 0xFFFF) + Float(bits >> 16 & 0xFFFF) - 65_535
    let b = Float(bits >> 32 & 0xFFFF) + Float(bits >> 48) - 65_535
    return (a * scale, b * scale)
  }

  @inline(__always)
  static func normal(of bits: UInt64) -> Float {
    let a = Float(bits & 0xFFFF) + Float(bits >> 16 & 0xFFFF)
    let b = Float(bits >> 32 & 0xFFFF) + Float(bits >> 48)
    return (a + b - 131_070) * (Float(3).squareRoot() / 65_536)
  }
}

/// Numbers that belong to places in the world, so that neighbouring rays find them alike.
struct PatchNoise {
  private let key: RandomKey

  init(_ key: RandomKey) {
    self.key = key
  }

  /// From 0 to below 1, the same within cells of a size in metres.
  @inline(__always)
  func cell(_ point: Vector, size: Float) -> Float {
    let (low, _) = Self.split(point * (1 / size))
    return Float(bits(low.x, low.y, low.z) >> 40) * 0x1p-24
  }

  /// Smooth, with mean 0 and deviation near 1, changing over a size in metres.
  @inline(__always)
  func smooth(_ point: Vector, size: Float) -> Float {
    let (low, rest) = Self.split(point * (1 / size))
    let weight = rest * rest * (Vector(repeating: 3) - 2 * rest)
    var sum: Float = 0
    for x in 0...1 {
      let shareX = x == 0 ? 1 - weight.x : weight.x
      for y in 0...1 {
        let shareXY = shareX * (y == 0 ? 1 - weight.y : weight.y)
        let lower = value(low &+ SIMD3(Int32(x), Int32(y), 0))
        let upper = value(low &+ SIMD3(Int32(x), Int32(y), 1))
        sum += shareXY * (lower + (upper - lower) * weight.z)
      }
    }
    // Interpolating eight independent numbers takes away about a third of their deviation.
    return sum * 1.5
  }

  /// Whole parts, rounded down, and what is left.
  @inline(__always)
  private static func split(_ point: Vector) -> (SIMD3<Int32>, Vector) {
    let (x, y, z) = (floor(point.x), floor(point.y), floor(point.z))
    return (SIMD3(x, y, z), point - Vector(Float(x), Float(y), Float(z)))
  }

  /// Rounds down without a call into the mathematics library.
  @inline(__always)
  private static func floor(_ value: Float) -> Int32 {
    let whole = Int32(value)
    return Float(whole) > value ? whole - 1 : whole
  }

  @inline(__always)
  private func value(_ place: SIMD3<Int32>) -> Float {
    PulseNoise.normal(of: bits(place.x, place.y, place.z))
  }

  @inline(__always)
  private func bits(_ x: Int32, _ y: Int32, _ z: Int32) -> UInt64 {
    let (x, y, z) = (Int64(x), Int64(y), Int64(z))
    let mixed =
      UInt64(bitPattern: x &* 73_856_093) ^ UInt64(bitPattern: y &* 19_349_663) &<< 1
      ^ UInt64(bitPattern: z &* 83_492_791) &<< 2
    return key.bits(at: mixed)
  }
}
