public import RangeImages

/// A range image with the class of each cell: what a network is trained on.
///
/// One array per channel, row by row; all are 0 in an empty cell.
public struct LabelledImage: Equatable, Sendable {
  /// The class of a cell of which nothing is known: empty, ignored by the label map, or with a raw id
  /// that the map does not know.
  public static let ignoredClass: UInt8 = 255

  /// The directions of the cells in the frame of the coordinates.
  public internal(set) var geometry: ImageGeometry
  /// Metres forward.
  public var x: [Float]
  /// Metres to the left.
  public var y: [Float]
  /// Metres up.
  public var z: [Float]
  /// Strength of the return, 0 to 1.
  public var intensity: [Float]
  /// Metres from the sensor; above 0 where the cell holds a point.
  public var range: [Float]
  /// Positions in the label map, or `ignoredClass`.
  public var classes: [UInt8]
  /// Points whose raw id is none of the label map's.
  public var unknownCount = 0
  /// Where the points come from, for losses that compare domains.
  public var domain = Domain.source

  /// A sort of scans that differ from other sorts.
  public enum Domain: String, Codable, CaseIterable, Sendable {
    /// What labels are known of, such as simulated scans.
    case source
    /// What a network is to work on, such as real scans.
    case target
    /// Parts of both.
    case mixed

    /// What losses tell the domain by: 1 and 2, and 0 for what does not count.
    var number: Float {
      switch self {
      case .source: 1
      case .target: 2
      case .mixed: 0
      }
    }
  }

  /// An image of empty cells.
  public init(_ geometry: ImageGeometry) {
    let count = geometry.rows * geometry.columns
    self.geometry = geometry
    x = [Float](repeating: 0, count: count)
    (y, z, intensity, range) = (x, x, x, x)
    classes = [UInt8](repeating: Self.ignoredClass, count: count)
  }

  /// The points without their classes; a cell's point is numbered as the cell is.
  public var rangeImage: RangeImage {
    RangeImage(
      rows: rows, columns: columns, range: range, x: x, y: y, z: z, intensity: intensity,
      pointIndex: range.indices.map { isOccupied($0) ? Int32($0) : -1 }, labels: nil)
  }

  /// Rows of the image.
  public var rows: Int { geometry.rows }
  /// Columns of the image.
  public var columns: Int { geometry.columns }
  /// How many cells there are.
  public var count: Int { range.count }

  /// Whether a cell holds a point.
  public func isOccupied(_ cell: Int) -> Bool { range[cell] > 0 }

  /// How many cells belong to each class of a label map with so many classes.
  public func classCounts(of classCount: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: classCount)
    for position in classes where Int(position) < classCount { counts[Int(position)] += 1 }
    return counts
  }

  /// Radians from one column to the next.
  var columnAngle: Float { Float(geometry.span / Double(columns) * .pi / 180) }

  /// Makes an image of this geometry whose cells will all be written, keeping the memory if it fits.
  mutating func prepare(for geometry: ImageGeometry) {
    if count != geometry.rows * geometry.columns { self = Self(geometry) }
    self.geometry = geometry
    unknownCount = 0
    domain = .source
  }

  /// Takes the point out of a cell.
  mutating func empty(_ cell: Int) {
    (x[cell], y[cell], z[cell], intensity[cell], range[cell]) = (0, 0, 0, 0, 0)
    classes[cell] = Self.ignoredClass
  }

  /// Lets nothing be known of any point.
  mutating func forgetClasses() {
    for cell in 0..<count { classes[cell] = Self.ignoredClass }
    unknownCount = 0
  }

  /// Takes the points out of all cells.
  mutating func emptyAll() {
    for cell in 0..<count { empty(cell) }
    unknownCount = 0
  }
}
