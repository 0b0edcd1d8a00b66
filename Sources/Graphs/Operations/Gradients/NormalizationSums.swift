public import Tensors

/// The gradients with respect to a `MomentNormalization`'s shift and scale.
///
/// Operands: the gradient g with respect to what is normalised `[N, H, W, C]`, the image x, its moments
/// `[2 C]`. Result: `[2 C]`, the sums over the pixels of g, and of g times the normalised image.
public struct NormalizationSums: OperationAttributes {
  /// `.normalizationSums`.
  public static let kind = Operation.Kind.normalizationSums
  /// Added to the variance.
  public var epsilon: Double

  /// See the property.
  public init(epsilon: Double) {
    self.epsilon = epsilon
  }

  /// The operation with these attributes.
  public var operation: Operation { .normalizationSums(self) }

  /// The attributes for people.
  public var words: [String] { ["epsilon \(epsilon)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(3, operands)
    let channels = try expectImage(operands[0]).channels
    try expect(operands[1], operands[0].shape, "the image")
    try expect(operands[2], [2 * channels], "the moments")
    return TensorType([2 * channels], operands[0].element)
  }

  /// Two sizes.
  public static var samples: [OperationSample] {
    [3, 20].map { channels in
      OperationSample(
        NormalizationSums(epsilon: 1e-5),
        [[2, 4, 5, channels], [2, 4, 5, channels], [2 * channels]], [2: .numbers(0.1...2)])
    }
  }
}
