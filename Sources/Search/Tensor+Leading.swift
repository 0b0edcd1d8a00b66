import Tensors

extension Tensor {
  /// The first elements in each dimension.
  ///
  /// - Precondition: `part` has as many dimensions, none greater than this tensor's.
  func leading(_ part: TensorShape) -> Tensor {
    guard part != shape else { return self }
    var result = Tensor(part)
    result.withUnsafeMutableElements { target in
      withUnsafeElements { source in
        for (from, to, count) in runs(of: part) {
          for index in 0..<count { target[to + index] = source[from + index] }
        }
      }
    }
    return result
  }

  /// Replaces the first elements in each dimension.
  ///
  /// - Precondition: `part` has as many dimensions, none greater than this tensor's.
  mutating func replaceLeading(with part: Tensor) {
    guard part.shape != shape else {
      self = part
      return
    }
    let runs = runs(of: part.shape)
    withUnsafeMutableElements { target in
      part.withUnsafeElements { source in
        for (to, from, count) in runs {
          for index in 0..<count { target[to + index] = source[from + index] }
        }
      }
    }
  }

  /// Where elements that lie side by side are in this tensor and in its part, and how many they are.
  private func runs(of part: TensorShape) -> [(own: Int, part: Int, count: Int)] {
    precondition(
      part.rank == shape.rank && zip(part.extents, shape.extents).allSatisfy { $0 <= $1 },
      "\(part) is no part of \(shape)")
    guard let length = part.extents.last, let step = shape.extents.last else {
      return [(0, 0, shape.count)]
    }
    var starts = [0]
    for (extent, own) in zip(part.extents, shape.extents).dropLast() {
      starts = starts.flatMap { start in (0..<extent).map { start * own + $0 } }
    }
    return starts.enumerated().map { ($1 * step, $0 * length, length) }
  }
}
