/// The cells of a range image and the directions they look in.
///
/// Angles are in degrees in the sensor's frame: x forward, y left, z up; azimuths grow to the left.
/// Column 0 is the left edge. Row 0 is the top.
public struct ImageGeometry: Codable, Equatable, Sendable {
  /// What decides the row of a point.
  public enum RowRule: String, CaseIterable, Codable, Sendable {
    /// The beam that measured it: beam 0, the highest, is row 0.
    case ring
    /// Its elevation, in equal steps from top to bottom.
    case elevation
    /// Its sweep in the order of the file.
    case unfolding
  }

  /// Rows of the image.
  public var rows: Int
  /// Columns of the image.
  public var columns: Int
  /// Azimuth of the left edge of column 0, from -180 up to below 360.
  public var left: Double
  /// Azimuth of the right edge of the last column: below `left`, by at most 360.
  public var right: Double
  /// Elevation of the upper edge of row 0; only `elevation` rows depend on it.
  public var top: Double
  /// Elevation of the lower edge of the last row, below `top`; only `elevation` rows depend on it.
  public var bottom: Double
  /// What decides the row of a point.
  public var rowRule: RowRule
  /// Points farther than this, in metres, are outside; no limit where it is missing.
  public var maximumRange: Double?

  /// A geometry; see the properties.
  public init(
    rows: Int, columns: Int, left: Double, right: Double, top: Double = 2, bottom: Double = -24.9,
    rowRule: RowRule, maximumRange: Double? = nil
  ) {
    self.rows = rows
    self.columns = columns
    self.left = left
    self.right = right
    self.top = top
    self.bottom = bottom
    self.rowRule = rowRule
    self.maximumRange = maximumRange
  }

  /// Degrees from the left edge to the right edge.
  public var span: Double { left - right }

  /// Whether the image goes all the way round, so that its last column touches its first.
  public var isFullSweep: Bool { span == 360 }

  /// The front quarter by rings, 64 x 512: SqueezeSeg's images of KITTI.
  public static let kittiFront = Self(rows: 64, columns: 512, left: 45, right: -45, rowRule: .ring)

  /// The whole sweep by rings, 64 x 2048.
  public static let kittiFull = Self(
    rows: 64, columns: 2048, left: 180, right: -180, rowRule: .ring)

  /// RangeNet++'s image: the whole sweep by elevation from +3 to -25 degrees, 64 x 2048.
  public static let rangeNet = Self(
    rows: 64, columns: 2048, left: 180, right: -180, top: 3, bottom: -25, rowRule: .elevation)

  /// The image that SqueezeSeg's paper describes: the front quarter by elevation from +2 to -24.9
  /// degrees, 64 x 512.
  public static let paper = Self(rows: 64, columns: 512, left: 45, right: -45, rowRule: .elevation)

  /// Checks that the image can be made.
  ///
  /// - Throws: `invalidGeometry`.
  public func validate() throws(RangeImagesError) {
    guard (1...4096).contains(rows), (1...16_384).contains(columns) else {
      throw RangeImagesError(
        .invalidGeometry, "an image of \(rows) x \(columns) cells cannot be made",
        remedy: "use 1 to 4096 rows and 1 to 16384 columns")
    }
    guard left >= -180, left < 360, span > 0, span <= 360 else {
      throw RangeImagesError(
        .invalidGeometry, "the azimuths \(left) to \(right) degrees are not a window",
        remedy: "use a left edge from -180 to below 360, and a right edge below it by up to 360")
    }
    guard top.isFinite, bottom.isFinite, top > bottom, top - bottom <= 360 else {
      throw RangeImagesError(
        .invalidGeometry, "the elevations \(top) to \(bottom) degrees are not a window",
        remedy: "use a top above the bottom")
    }
    if let maximumRange, !(maximumRange > 0) {
      throw RangeImagesError(
        .invalidGeometry, "the range limit is \(maximumRange) m", remedy: "use one above 0")
    }
  }
}
