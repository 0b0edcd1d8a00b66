/// A colour of eight bits per channel, in sRGB.
public struct RGB: Hashable, Sendable {
  /// Red, 0 to 255.
  public var red: UInt8
  /// Green, 0 to 255.
  public var green: UInt8
  /// Blue, 0 to 255.
  public var blue: UInt8

  /// A colour from its channels.
  public init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// A colour as it is written on the web: `0xRRGGBB`; bits above the lowest 24 are ignored.
  public init(_ code: UInt32) {
    red = UInt8(truncatingIfNeeded: code >> 16)
    green = UInt8(truncatingIfNeeded: code >> 8)
    blue = UInt8(truncatingIfNeeded: code)
  }

  /// The colour between this one (share 0) and another (share 1); shares outside 0 to 1 count as
  /// the nearer end, one that is not a number as 0.
  public func mixed(with other: RGB, share: Float) -> RGB {
    let share = share > 0 ? min(share, 1) : 0
    func between(_ first: UInt8, _ second: UInt8) -> UInt8 {
      UInt8((Float(first) + (Float(second) - Float(first)) * share).rounded())
    }
    return RGB(
      red: between(red, other.red), green: between(green, other.green),
      blue: between(blue, other.blue))
  }
}

extension RGB {
  // The colours of everything that is not data.
  static let background = RGB(0x0E_1117)
  static let panel = RGB(0x16_1B22)
  static let line = RGB(0x30_3B49)
  static let faintText = RGB(0x8B_96A5)
  static let text = RGB(0xE6_EDF3)
  static let ego = RGB(0xFF_FFFF)
  static let unknownClass = RGB(0xFF_00FF)
}
