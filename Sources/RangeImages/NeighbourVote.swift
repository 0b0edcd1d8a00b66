import Foundation

/// How the neighbours of a point decide its class.
///
/// The neighbours are the cells in a window around the point's own. Each is as far away as its
/// range differs from the point's, weighted by 1 - g, where g is a Gaussian over the window that
/// adds up to 1; the own cell is at distance 0. The nearest `count` vote, except those beyond
/// `cutoff`. Most votes win, and the smallest of equally voted classes.
public struct NeighbourVote: Codable, Equatable, Sendable {
  /// How many neighbours vote, at least 1.
  public var count: Int
  /// Rows and columns of the window: odd, 1 to 15.
  public var window: Int
  /// Standard deviation of the Gaussian, in cells.
  public var sigma: Double
  /// Neighbours farther than this do not vote, in metres.
  public var cutoff: Double
  /// The classes that can be voted for, least to most; others have no voice.
  public var classes: ClosedRange<UInt8>
  /// Whether the window reaches around the seam of a full sweep.
  public var wraps: Bool
  /// Whether cells outside the image are neighbours of range 0 and class 0, as in RangeNet++'s code.
  ///
  /// A point that no class is voted for then gets the least class. Otherwise such cells have no
  /// voice, and such a point keeps the class of its cell.
  public var padsWithZeros: Bool

  /// A vote; see the properties.
  ///
  /// The defaults are RangeNet++'s, but that class 0 is a class like
  /// any other and a window at the edge is a smaller one.
  public init(
    count: Int = 5, window: Int = 5, sigma: Double = 1, cutoff: Double = 1,
    classes: ClosedRange<UInt8> = 0...254, wraps: Bool = true, padsWithZeros: Bool = false
  ) {
    precondition(count >= 1 && window % 2 == 1 && (1...15).contains(window) && sigma > 0)
    self.count = min(count, window * window)
    self.window = window
    self.sigma = sigma
    self.cutoff = cutoff
    self.classes = classes
    self.wraps = wraps
    self.padsWithZeros = padsWithZeros
  }

  /// The vote of RangeNet++'s code for classes 1 up to below `classCount`, where 0 is "unlabelled".
  public static func rangeNet(classCount: UInt8, count: Int = 5, window: Int = 5) -> Self {
    Self(
      count: count, window: window, classes: 1...(classCount - 1), wraps: false, padsWithZeros: true
    )
  }

  /// What the range difference of each cell of the window is multiplied by, row by row.
  var weights: [Float] {
    let half = window / 2
    let gaussian = (-half...half).flatMap { row in
      (-half...half).map { column in
        exp(-Double(row * row + column * column) / (2 * sigma * sigma))
      }
    }
    let sum = gaussian.reduce(0, +)
    return gaussian.map { Float(1 - $0 / sum) }
  }
}
