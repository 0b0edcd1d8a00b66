public import Tensors

/// `exp(x_c) / sum over c of exp(x_c)` at each pixel.
///
/// Operand and result: `[..., C]`; results lie in 0...1 and sum to 1 over the channels.
public struct Softmax: OperationAttributes {
  /// It has no attributes.
  public init() {}

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    return operands[0]
  }

  /// Memory traffic only.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    Cost(bytes: elementBytes(operands, result))
  }

  /// Few and many channels.
  public static var samples: [OperationSample] {
    [
      OperationSample(.softmax(Softmax()), [[2, 3, 5, 4]]),
      OperationSample(.softmax(Softmax()), [[1, 3, 7, 20]]),
    ]
  }
}
