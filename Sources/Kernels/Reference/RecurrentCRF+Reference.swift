import Graphs
import Tensors

extension RecurrentCRF {
  func reference<S: TensorScalar>(_ operands: [TensorView<S>], _ result: TensorView<S>) {
    let classes = result.channels
    var scores = (0..<result.pixelCount).flatMap { position in
      (0..<classes).map { operands[0].pixel(position)[$0] }
    }
    for _ in 0..<iterations { scores = step(scores, operands, result.shape) }
    for position in 0..<result.pixelCount {
      for k in 0..<classes { result.pixel(position)[k] = scores[position * classes + k] }
    }
  }

  /// One iteration over all pixels.
  private func step<S: TensorScalar>(
    _ scores: [S], _ operands: [TensorView<S>], _ shape: TensorShape
  ) -> [S] {
    let classes = shape.channels
    var probabilities = scores
    probabilities.withUnsafeMutableBufferPointer { elements in
      guard let base = elements.baseAddress else { return }
      for position in 0..<elements.count / classes {
        let pixel = base + position * classes
        Softmax.reference(pixel, pixel, channels: classes)
      }
    }
    var next = probabilities
    for position in 0..<scores.count / classes {
      for k in 0..<classes {
        let (angular, bilateral) = messages(
          of: k, at: position, probabilities, positions: operands[1], mask: operands[2], shape)
        for output in 0..<classes {
          next[position * classes + output] +=
            angular * operands[3].pixel(k)[output] + bilateral * operands[4].pixel(k)[output]
        }
      }
    }
    return next
  }

  /// What the neighbours of a pixel say about one class: the angular and the bilateral sum.
  private func messages<S: TensorScalar>(
    of k: Int, at position: Int, _ probabilities: [S], positions: TensorView<S>,
    mask: TensorView<S>, _ shape: TensorShape
  ) -> (angular: S, bilateral: S) {
    let (height, width) = (shape[1], shape[2])
    let (row, column) = (position / width % height, position % width)
    var angularSum: S = 0
    var bilateralAngularSum: S = 0
    var bilateralSum: S = 0
    for offset in neighbours {
      let (y, x) = (row + offset.rows, column + offset.columns)
      guard y >= 0, y < height, x >= 0, x < width else { continue }
      let other = position + offset.rows * width + offset.columns
      let probability = probabilities[other * shape.channels + k]
      angularSum += S(offset.weight(width: angular[k])) * probability
      bilateralAngularSum += S(offset.weight(width: bilateralAngular[k])) * probability
      let distance = squaredDistance(positions.pixel(position), positions.pixel(other))
      let weight = exponential(-distance / S(2 * bilateral[k] * bilateral[k]))
      bilateralSum += weight * probability * mask.pixel(other)[0]
    }
    return (angularSum, mask.pixel(position)[0] * bilateralSum * bilateralAngularSum)
  }

  private func squaredDistance<S: TensorScalar>(
    _ a: UnsafeMutablePointer<S>, _ b: UnsafeMutablePointer<S>
  ) -> S {
    let (x, y, z) = (a[0] - b[0], a[1] - b[1], a[2] - b[2])
    return x * x + y * y + z * z
  }
}

extension RecurrentCRF {
  /// A cell of the window, seen from its centre.
  struct Neighbour {
    let rows: Int
    let columns: Int

    /// A Gaussian of the distance in cells.
    func weight(width: Double) -> Double {
      exponential(-Double(rows * rows + columns * columns) / (2 * width * width))
    }
  }

  /// The window without its centre.
  var neighbours: [Neighbour] {
    let (rows, columns) = (window.height / 2, window.width / 2)
    return (-rows...rows).flatMap { row in
      (-columns...columns).map { Neighbour(rows: row, columns: $0) }
    }
    .filter { $0.rows != 0 || $0.columns != 0 }
  }
}
