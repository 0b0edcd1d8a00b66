import Tensors

extension Tensor where Scalar == Float {
  /// What the weights of each output, the last axis, are whole multiples of in bytes: a 127th of its greatest.
  var byteSteps: [Float] {
    var greatest = [Float](repeating: 0, count: shape.channels)
    for (position, weight) in elements.enumerated() {
      let output = position % greatest.count
      greatest[output] = max(greatest[output], abs(weight))
    }
    // Normal numbers, since weights are divided by them.
    return greatest.map { $0 > 0 ? max($0 / 127, .leastNormalMagnitude) : 1 }
  }
}
