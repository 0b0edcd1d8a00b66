import Tensors

/// The largest difference between outputs, as a part of the greater of the expected number and 1.
func largestDifference(
  _ found: [String: Tensor<Float>], _ expected: [String: Tensor<Float>]
) -> Float {
  guard found.keys == expected.keys else { return .infinity }
  var largest: Float = 0
  for (name, tensor) in expected {
    guard let other = found[name], other.shape == tensor.shape else { return .infinity }
    for (a, b) in zip(other.elements, tensor.elements) {
      let difference = abs(a - b) / max(1, abs(b))
      largest = difference.isNaN ? .infinity : max(largest, difference)
    }
  }
  return largest
}
