import CPCL

/// The range image of the whole sphere as PCL itself makes it: for checking other projections.
///
/// PCL rounds to the nearest cell where other projections round down, takes angles from tables,
/// smears points into empty neighbouring cells, and knows neither intensity nor which point it was.
public struct PCLSphericalImage: Equatable, Sendable {
  /// Rows, from straight up (row 0) to straight down.
  public let rows: Int
  /// Columns, from azimuth 180 (column 0) to the right; column `columns / 2` looks forward.
  public let columns: Int
  /// Distances in metres, row by row; 0 where nothing was observed.
  public let range: [Float]

  /// PCL's image of points, or nothing where PCL cannot make one of this size.
  public init?(x: [Float], y: [Float], z: [Float], rows: Int, columns: Int) {
    precondition(y.count == x.count && z.count == x.count, "x, y, z differ in length")
    guard (2...16_384).contains(rows), (2...16_384).contains(columns) else { return nil }
    var range = [Float](repeating: 0, count: rows * columns)
    let status = cpcl_pcl_image(x.count, x, y, z, Int32(rows), Int32(columns), &range)
    guard status == 0 else { return nil }
    self.rows = rows
    self.columns = columns
    self.range = range
  }
}
