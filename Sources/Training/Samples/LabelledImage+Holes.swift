extension LabelledImage {
  /// The widest hole that is filled, in columns.
  private static let widestHole = 3
  /// How much the points on both sides of a hole may differ in range, as a share of it.
  private static let rangeTolerance: Float = 0.05

  /// Fills holes in surfaces.
  ///
  /// Up to three cells of a row between points of nearly the same range get what lies between these. Holes
  /// without a surface around them, such as the sky, stay.
  ///
  /// - Returns: the cells that were filled: those whose ray met something and brought nothing back.
  mutating func fillHoles() -> [Int] {
    var filled: [Int] = []
    for row in 0..<rows {
      var before: Int?
      for column in 0..<columns {
        let cell = row * columns + column
        guard range[cell] > 0 else { continue }
        if let left = before, cell - left > 1, cell - left - 1 <= Self.widestHole,
          abs(range[cell] - range[left]) <= Self.rangeTolerance * range[left]
        {
          for hole in left + 1..<cell {
            interpolate(hole, between: left, and: cell)
            filled.append(hole)
          }
        }
        before = cell
      }
    }
    return filled
  }

  private mutating func interpolate(_ cell: Int, between left: Int, and right: Int) {
    let share = Float(cell - left) / Float(right - left)
    func between(_ values: [Float]) -> Float {
      values[left] + share * (values[right] - values[left])
    }
    (x[cell], y[cell], z[cell]) = (between(x), between(y), between(z))
    (intensity[cell], range[cell]) = (between(intensity), between(range))
  }
}
