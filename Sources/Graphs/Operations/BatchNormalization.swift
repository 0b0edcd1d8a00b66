public import Tensors

/// Batch normalisation by given statistics: `(x - mean) / sqrt(variance + epsilon) * gamma + beta`.
///
/// Operands: image `[N, H, W, C]`, gamma, beta, mean, variance (each `[C]`). Result: the image's
/// type. The variance is the biased one.
public struct BatchNormalization: OperationAttributes {
  /// Added to the variance.
  public var epsilon: Double

  /// A normalisation; the authors' epsilon unless said otherwise.
  public init(epsilon: Double = 1e-5) {
    self.epsilon = epsilon
  }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(5, operands)
    let image = try expectImage(operands[0])
    for operand in operands.dropFirst() {
      try expect(operand, [image.channels], "a statistic")
    }
    return operands[0]
  }

  /// One multiply-add per element.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    Cost(multiplyAccumulates: result.shape.count, bytes: elementBytes(operands, result))
  }

  /// Two sizes.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        .batchNormalization(BatchNormalization()), [[2, 4, 5, 3], [3], [3], [3], [3]]),
      OperationSample(
        .batchNormalization(BatchNormalization(epsilon: 1e-3)), [[1, 3, 7, 9], [9], [9], [9], [9]]),
    ]
  }
}
