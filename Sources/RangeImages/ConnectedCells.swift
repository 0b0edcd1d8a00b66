/// Cells of a range image, grouped by which of them hang together.
///
/// Each cell is joined to the nearest cell left of it, and to the nearest above it, whose point is
/// within reach of its own: at most eight columns to the left, and in the first of three rows above
/// that has one, at most eight columns to either side.
struct ConnectedCells {
  private static let rowReach = 3
  private static let columnReach = 8

  /// For each of the cells, which object it is of: the smallest position of its cells.
  private(set) var objects: [Int32]

  /// Groups `cells`, which hold points, in a rising order.
  init(_ cells: [Int32], in image: RangeImage, of geometry: ImageGeometry, reach: Float) {
    objects = cells.indices.map(Int32.init)
    var positions = [Int32](repeating: -1, count: image.count)
    for (position, cell) in cells.enumerated() { positions[Int(cell)] = Int32(position) }
    objects.withUnsafeMutableBufferPointer { objects in
      positions.withUnsafeBufferPointer { positions in
        image.withUnsafePositions { points in
          var joining = Joining(
            objects: objects, positions: positions, points: points, columns: image.columns,
            reach: reach, step: Float(geometry.span / Double(image.columns) * .pi / 180),
            wraps: geometry.isFullSweep)
          for (position, cell) in cells.enumerated() { joining.add(position, at: Int(cell)) }
        }
      }
    }
    // A root is the smallest of its group: its cells come behind it, in any order of their chain.
    for position in objects.indices {
      objects[position] = objects[Int(objects[position])]
    }
  }

  /// The work of joining: cells' groups as chains that end at their roots.
  private struct Joining {
    let objects: UnsafeMutableBufferPointer<Int32>
    let positions: UnsafeBufferPointer<Int32>
    let points: RangeImage.Positions
    let columns: Int
    let reach: Float
    /// From one column to the next, in radians.
    let step: Float
    let wraps: Bool

    mutating func add(_ position: Int, at cell: Int) {
      let (row, column) = cell.quotientAndRemainder(dividingBy: columns)
      let columnReach = columnReach(of: cell)
      // Asking joins: the first that is within reach is the last that is asked.
      for offset in 1...columnReach where joins(position, cell, row, column - offset) { break }
      for above in 1...ConnectedCells.rowReach where above <= row {
        if joins(position, cell, row - above, column) { return }
        for offset in 1...columnReach {
          if joins(position, cell, row - above, column - offset) { return }
          if joins(position, cell, row - above, column + offset) { return }
        }
      }
    }

    /// How many columns away a point can be within reach of a cell's.
    ///
    /// Farther away even the nearest point of a ray is not. Points lie anywhere in their columns, so
    /// there is one column more.
    @inline(__always)
    private func columnReach(of cell: Int) -> Int {
      let (x, y) = (points.x[cell], points.y[cell])
      let columns = reach / ((x * x + y * y).squareRoot() * step)
      return 1 + Int(min(columns, Float(ConnectedCells.columnReach - 1)))
    }

    /// Joins a cell to the one at `row` and `column` if that is one of them and within reach.
    @inline(__always)
    private func joins(_ position: Int, _ cell: Int, _ row: Int, _ column: Int) -> Bool {
      var column = column
      if column < 0 || column >= columns {
        guard wraps else { return false }
        column = (column + columns) % columns
      }
      let there = row * columns + column
      let other = positions[there]
      guard other >= 0, points.squaredDistance(cell, there) <= reach * reach else { return false }
      let (first, second) = (root(of: Int32(position)), root(of: other))
      objects[Int(max(first, second))] = min(first, second)
      return true
    }

    @inline(__always)
    private func root(of position: Int32) -> Int32 {
      var root = position
      while objects[Int(root)] != root {
        objects[Int(root)] = objects[Int(objects[Int(root)])]
        root = objects[Int(root)]
      }
      return root
    }
  }
}

extension RangeImage {
  /// Where the cells' points are, for as long as the image is not touched.
  struct Positions {
    let x: UnsafeBufferPointer<Float>
    let y: UnsafeBufferPointer<Float>
    let z: UnsafeBufferPointer<Float>

    /// Square metres between the points of two cells.
    @inline(__always)
    func squaredDistance(_ one: Int, _ other: Int) -> Float {
      let (dx, dy, dz) = (x[one] - x[other], y[one] - y[other], z[one] - z[other])
      return dx * dx + dy * dy + dz * dz
    }
  }

  func withUnsafePositions<R>(_ body: (Positions) -> R) -> R {
    x.withUnsafeBufferPointer { x in
      y.withUnsafeBufferPointer { y in
        z.withUnsafeBufferPointer { z in body(Positions(x: x, y: y, z: z)) }
      }
    }
  }
}
