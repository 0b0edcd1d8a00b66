import Foundation
import Randomness
import RangeImages

/// Which columns of a whole sweep a sample shows, and how its points are turned so that they lie
/// where the sample's image looks.
struct SweepTurn: Sendable {
  private let start: Int
  private let columns: Int
  private let cosine: Float
  private let sine: Float

  /// A window of `geometry` into a sweep of so many columns, whose first has its left edge at azimuth
  /// 180 degrees; without a drawn start the window is where `geometry` looks.
  init(columns: Int, of geometry: ImageGeometry, isDrawn: Bool, key: RandomKey) {
    self.columns = columns
    guard columns > geometry.columns || geometry.isFullSweep else {
      (start, cosine, sine) = (0, 1, 0)
      return
    }
    let step = 360 / Double(columns)
    if isDrawn {
      var stream = key.key(.window).stream
      start = stream.index(below: columns)
    } else {
      let ahead = Int(((180 - geometry.left) / step).rounded())
      start = (ahead % columns + columns) % columns
    }
    // By how much the window's azimuths exceed those of the image.
    let excess = (180 - Double(start) * step - geometry.left) * .pi / 180
    (cosine, sine) = (Float(cos(excess)), Float(sin(excess)))
  }

  /// The sweep's column that a column of the sample shows.
  @inline(__always)
  func sourceColumn(_ column: Int) -> Int {
    let source = start + column
    return source < columns ? source : source - columns
  }

  /// A point of the sweep in the sample's frame.
  @inline(__always)
  func turned(_ x: Float, _ y: Float) -> (Float, Float) {
    (x * cosine + y * sine, y * cosine - x * sine)
  }
}
