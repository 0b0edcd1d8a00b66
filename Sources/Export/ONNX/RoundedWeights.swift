import Tensors

/// Weights that `WeightRounding` made, as the whole steps that they are.
struct RoundedWeights {
  private let weights: Tensor<Float>
  /// The step of each output.
  let sizes: [Float]

  /// Weights whose last axis is the outputs, each of whose greatest is 127 steps.
  init(_ weights: Tensor<Float>) {
    self.weights = weights
    sizes = weights.byteSteps
  }

  /// The steps, with the axes of the weights in another order.
  func steps(axes: [Int]) -> [Int8] {
    let count = sizes.count
    let steps = weights.elements.enumerated().map { position, weight in
      (weight / sizes[position % count]).rounded(.toNearestOrEven)
    }
    return Tensor(weights.shape, steps).transposed(axes).elements.map { Int8($0) }
  }
}
