public import Tensors

/// A nonlinear function of each element.
///
/// Operand and result: any shape.
public enum Activation: String, OperationAttributes {
  /// max(x, 0)
  case relu
  /// 1 / (1 + exp(-x))
  case sigmoid

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    return operands[0]
  }

  /// Memory traffic only.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    Cost(bytes: elementBytes(operands, result))
  }

  /// Both functions.
  public static var samples: [OperationSample] {
    [
      OperationSample(.activation(.relu), [[2, 3, 5, 7]]),
      OperationSample(.activation(.sigmoid), [[2, 3, 5, 7]]),
    ]
  }
}
