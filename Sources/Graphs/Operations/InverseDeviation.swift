public import Tensors

/// `1 / sqrt(variance + epsilon)`: what folding a batch normalisation needs of its statistics.
///
/// Operand and result: `[C]`.
public struct InverseDeviation: OperationAttributes {
  /// Added to the variance.
  public var epsilon: Double

  /// See the property.
  public init(epsilon: Double) {
    self.epsilon = epsilon
  }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    return operands[0]
  }

  /// Memory traffic only.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    Cost(bytes: elementBytes(operands, result))
  }

  /// One size.
  public static var samples: [OperationSample] {
    [OperationSample(.inverseDeviation(InverseDeviation(epsilon: 1e-5)), [[7]])]
  }
}
