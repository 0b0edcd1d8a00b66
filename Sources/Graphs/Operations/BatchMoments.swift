public import Tensors

/// Mean and biased variance of each channel over all pixels: the batch's own statistics.
///
/// Operand: image `[N, H, W, C]`. Result: `[2 C]`, the means and then the variances.
public struct BatchMoments: OperationAttributes {
  /// `.batchMoments`.
  public static let kind = Operation.Kind.batchMoments
  /// It has no attributes.
  public init() {}

  /// The operation with these attributes.
  public var operation: Operation { .batchMoments(self) }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    return TensorType([2 * (try expectImage(operands[0])).channels], operands[0].element)
  }

  /// Two sizes.
  public static var samples: [OperationSample] {
    [
      OperationSample(BatchMoments(), [[2, 4, 5, 3]]),
      OperationSample(BatchMoments(), [[1, 3, 7, 20]], [0: .numbers(3...4)]),
    ]
  }
}
