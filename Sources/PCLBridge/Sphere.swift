import CPCL

/// The directions that the cells of a spherical image look in, in degrees.
package struct Sphere: Sendable {
  /// Rows of the image.
  package var rows: Int
  /// Columns of the image.
  package var columns: Int
  /// Azimuth of the left edge, from -180 up to below 360.
  package var left: Double
  /// How far the columns reach to the right of it, above 0 and at most 360.
  package var span: Double
  /// Elevation of the upper edge.
  package var top: Double
  /// How far the rows reach below it, above 0.
  package var height: Double
  /// Points farther than this, in metres, are outside.
  package var maximumRange: Double

  /// A sphere; see the properties.
  package init(
    rows: Int, columns: Int, left: Double, span: Double, top: Double, height: Double,
    maximumRange: Double
  ) {
    self.rows = rows
    self.columns = columns
    self.left = left
    self.span = span
    self.top = top
    self.height = height
    self.maximumRange = maximumRange
  }

  private var native: cpcl_sphere {
    cpcl_sphere(
      rows: Int32(rows), columns: Int32(columns), left: left, span: span, top: top, height: height,
      maximum_range: maximumRange)
  }

  /// What the cells of an image hold, and where the points went.
  package struct Image: Sendable {
    /// Distance of each cell's point; 0 where there is none.
    package var range: [Float]
    /// Coordinates of each cell's point.
    package var x: [Float]
    /// Coordinates of each cell's point.
    package var y: [Float]
    /// Coordinates of each cell's point.
    package var z: [Float]
    /// Intensity of each cell's point.
    package var intensity: [Float]
    /// The point in each cell, or -1.
    package var index: [Int32]
    /// Label of each cell's point; empty where points have no labels.
    package var label: [UInt32]
    /// The cell of each point, or -1.
    package var cell: [Int32]
    /// 0 visible, 1 shadowed, 2 outside, 3 invalid, for each point.
    package var fate: [UInt8]
    /// Points beside the image, beyond its range, above, below, and between its rows.
    package var outside: (beside: Int, beyond: Int, above: Int, below: Int, between: Int)
  }

  /// Projects points; the nearest in each cell is kept, and the first of equally near ones.
  ///
  /// `row` has the row of each point, or -1 above all rows, -2 below, -3 between; without it rows
  /// follow from elevation.
  package func project(
    x: [Float], y: [Float], z: [Float], intensity: [Float], row: [Int32]?, label: [UInt32]?
  ) -> Image {
    let (count, cells) = (x.count, rows * columns)
    precondition(y.count == count && z.count == count && intensity.count == count)
    precondition((row?.count ?? count) == count && (label?.count ?? count) == count)
    precondition(count <= Int32.max, "\(count) points are more than an image can index")
    let zeros = [Float](repeating: 0, count: cells)
    var image = Image(
      range: zeros, x: zeros, y: zeros, z: zeros, intensity: zeros,
      index: [Int32](repeating: -1, count: cells),
      label: [UInt32](repeating: 0, count: label == nil ? 0 : cells),
      cell: [Int32](repeating: -1, count: count), fate: [UInt8](repeating: 0, count: count),
      outside: (0, 0, 0, 0, 0))
    var sphere = native
    var outside = cpcl_outside_counts()
    let status = cpcl_spherical_project(
      &sphere, count, x, y, z, intensity, row, label, &image.range, &image.x, &image.y, &image.z,
      &image.intensity, &image.index, &image.label, &image.cell, &image.fate, &outside)
    precondition(status == 0, "no memory for an image of \(cells) cells")
    image.outside = (
      outside.beside, outside.beyond, outside.above, outside.below, outside.between
    )
    return image
  }

  /// Where PCL's own interface puts a point on the image; whole numbers are centres of cells.
  package func imagePoint(x: Float, y: Float, z: Float) -> (column: Float, row: Float) {
    var sphere = native
    var (column, row, range) = (Float(0), Float(0), Float(0))
    let status = cpcl_spherical_image_point(&sphere, x, y, z, &column, &row, &range)
    precondition(status == 0, "no memory for an image")
    return (column, row)
  }
}
