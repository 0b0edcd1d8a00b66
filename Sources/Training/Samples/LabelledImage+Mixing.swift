import Randomness

extension LabelledImage {
  /// Puts a sector or every second band of beams of another image in the place of this one's.
  ///
  /// - Precondition: both are of one size.
  mutating func mix(
    with other: Self, _ configuration: Augmentation.DomainMix, _ stream: inout RandomStream
  ) {
    precondition(
      rows == other.rows && columns == other.columns,
      "\(rows) x \(columns) and \(other.rows) x \(other.columns)")
    if stream.uniform() < configuration.beams {
      let bands = min(rows, 2 + stream.index(below: configuration.bands - 1))
      let first = stream.index(below: 2)
      for row in 0..<rows where (row * bands / rows) % 2 == first {
        for column in 0..<columns { take(row * columns + column, from: other) }
      }
    } else {
      let width = columns / 4 + stream.index(below: max(1, columns / 2))
      let left = stream.index(below: columns)
      for row in 0..<rows {
        for step in 0..<width { take(row * columns + (left + step) % columns, from: other) }
      }
    }
    domain = .mixed
  }

  private mutating func take(_ cell: Int, from other: Self) {
    (x[cell], y[cell], z[cell]) = (other.x[cell], other.y[cell], other.z[cell])
    (intensity[cell], range[cell]) = (other.intensity[cell], other.range[cell])
    classes[cell] = other.classes[cell]
  }
}
