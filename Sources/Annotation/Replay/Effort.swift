/// What an annotator does for an object, counted in operations of the mouse.
public struct Effort: Codable, Equatable, Sendable {
  /// Clicks on the object.
  public var clicks = 0
  /// Drags of a box's corner or of its turning handle.
  public var drags = 0
  /// Strokes of the brush: one for each piece that is missing or too much.
  public var strokes = 0

  /// Objects that tracks brought and that were deleted.
  public var deletions = 0

  /// Nothing done.
  public init() {}

  /// All operations.
  public var total: Int { clicks + drags + strokes + deletions }

  static func += (sum: inout Self, other: Self) {
    sum.clicks += other.clicks
    sum.drags += other.drags
    sum.strokes += other.strokes
    sum.deletions += other.deletions
  }

  /// Operations for a box that is drawn by hand.
  ///
  /// It is drawn, turned, and two opposite corners are put in their places. Points need none: they are
  /// those in the box.
  public static let manual = 4

  /// An object is right where its points overlap the truth by this much.
  static let leastPointOverlap = 0.7
  /// A box is right where it overlaps the truth by this much, seen from above: KITTI's measure of cars.
  static let leastBoxOverlap = 0.7
  /// A box needs turning where it is farther off than this, in radians.
  static let headingTolerance = 10 * Double.pi / 180
}
