public import PointClouds

/// The nearest point of each cell: one array per channel, row by row.
public struct RangeImage: Equatable, Sendable {
  /// Rows of the image.
  public let rows: Int
  /// Columns of the image.
  public let columns: Int
  /// Distance of the point from the sensor, in metres; 0 in an empty cell.
  public var range: [Float]
  /// Coordinates of the point, in metres; 0 in an empty cell.
  public var x: [Float]
  /// Coordinates of the point, in metres; 0 in an empty cell.
  public var y: [Float]
  /// Coordinates of the point, in metres; 0 in an empty cell.
  public var z: [Float]
  /// Strength of the return, in the unit of the source; 0 in an empty cell.
  public var intensity: [Float]
  /// Which point of the cloud it is; -1 in an empty cell.
  public var pointIndex: [Int32]
  /// Label of the point where the points had labels; unlabelled in an empty cell.
  public var labels: [PointLabel]?

  /// An image; see the properties, which have one value per cell.
  public init(
    rows: Int, columns: Int, range: [Float], x: [Float], y: [Float], z: [Float],
    intensity: [Float], pointIndex: [Int32], labels: [PointLabel]?
  ) {
    let count = rows * columns
    precondition(
      [range, x, y, z, intensity].allSatisfy { $0.count == count } && pointIndex.count == count
        && labels?.count ?? count == count,
      "channels that are not \(rows) x \(columns)")
    (self.rows, self.columns) = (rows, columns)
    (self.range, self.x, self.y, self.z, self.intensity) = (range, x, y, z, intensity)
    (self.pointIndex, self.labels) = (pointIndex, labels)
  }

  /// How many cells there are.
  public var count: Int { rows * columns }
}

/// What became of a point.
public enum PointFate: UInt8, CaseIterable, Codable, Sendable {
  /// It is the one that its cell shows.
  case visible = 0
  /// Another point of its cell is nearer, or as near and earlier in the file.
  case shadowed = 1
  /// It lies beside, above or below the image, or beyond its range.
  case outside = 2
  /// It has no position: a coordinate is not finite, or all are zero.
  case invalid = 3
}

/// Where the row of a point was taken from.
public enum RowSource: String, Codable, Sendable {
  /// The cloud's own ring numbers.
  case field
  /// The beam of the sensor's table whose line is nearest.
  case table
  /// The order of the points in the file.
  case order
  /// The point's elevation.
  case elevation
}

/// A range image, and where each point of the cloud went.
public struct Projection: Equatable, Sendable {
  /// The directions of the cells.
  public let geometry: ImageGeometry
  /// The nearest point of each cell.
  public let image: RangeImage
  /// The cell each point falls into, whether it is seen there or not; -1 where it has none.
  public let cellOfPoint: [Int32]
  /// What became of each point.
  public let fates: [PointFate]
  /// Where the rows were taken from.
  public let rowSource: RowSource
  /// How many points are outside, and where.
  public let outside: ProjectionReport.Outside

  /// The counts of the projection.
  public var report: ProjectionReport { ProjectionReport(self) }
}

/// What a projection kept and lost.
public struct ProjectionReport: Codable, Equatable, Sendable {
  /// Points that are outside, each counted by the first reason that holds.
  public struct Outside: Codable, Equatable, Sendable {
    /// Left or right of the image.
    public var beside = 0
    /// Farther than the range limit.
    public var beyond = 0
    /// Above the first row.
    public var above = 0
    /// Below the last row.
    public var below = 0
    /// Between two beams, too far from both.
    public var between = 0
  }

  /// Points of the cloud: the sum of the next four.
  public let points: Int
  /// Points that their cells show.
  public let visible: Int
  /// Points that share a cell with a nearer one.
  public let shadowed: Int
  /// Points that have no cell in the image.
  public let outside: Int
  /// Points without a position.
  public let invalid: Int
  /// The points outside by reason.
  public let outsideByReason: Outside
  /// Fraction of cells that show a point, 0 to 1.
  public let fill: Double
  /// The same for each row.
  public let validityByRow: [Double]
  /// Where the rows were taken from.
  public let rowSource: RowSource

  init(_ projection: Projection) {
    var counts = [Int](repeating: 0, count: PointFate.allCases.count)
    for fate in projection.fates { counts[Int(fate.rawValue)] += 1 }
    points = projection.fates.count
    visible = counts[0]
    shadowed = counts[1]
    outside = counts[2]
    invalid = counts[3]
    outsideByReason = projection.outside
    let image = projection.image
    validityByRow = (0..<image.rows).map { row in
      let cells = image.pointIndex[row * image.columns..<(row + 1) * image.columns]
      return Double(cells.count { $0 >= 0 }) / Double(image.columns)
    }
    fill = Double(visible) / Double(image.count)
    rowSource = projection.rowSource
  }
}
