/// A way from numbers to colours: 0 is the first anchor, 1 the last, straight lines between.
public struct ColorMap: Equatable, Sendable {
  /// Evenly spaced colours; lightness rises along them, so that order is seen without hue too.
  public let anchors: [RGB]

  /// A map through evenly spaced colours.
  ///
  /// - Precondition: there are at least two.
  public init(_ anchors: [RGB]) {
    precondition(anchors.count >= 2, "a colour map needs two colours, not \(anchors.count)")
    self.anchors = anchors
  }

  /// The colour of a position; outside 0 to 1 that of the nearer end, and that of 0 where the
  /// position is not a number.
  public subscript(position: Float) -> RGB {
    let last = anchors.count - 1
    let place = (position > 0 ? min(position, 1) : 0) * Float(last)
    let index = min(Int(place), last - 1)
    return anchors[index].mixed(with: anchors[index + 1], share: place - Float(index))
  }

  /// From deep blue through teal and green to pale yellow: distances, heights.
  public static let depth = ColorMap(
    [0x2B_2A6E, 0x2F_5AA8, 0x1F_8AA6, 0x2F_B38A, 0x8C_CF5A, 0xE9_DE6B, 0xFF_F7C2].map(RGB.init))

  /// From near black through purple and orange to cream: strength of returns.
  public static let strength = ColorMap(
    [0x1A_1530, 0x4B_2169, 0x8E_2F6F, 0xCF_4D55, 0xF2_8A45, 0xFB_CB78, 0xFF_F6DC].map(RGB.init))
}
