public import Tensors

/// The gradient with respect to a softmax's operand: `y (g - sum over c of g_c y_c)`.
///
/// Operands: the gradient with respect to its result `[..., C]`, and the result itself. Result:
/// `[..., C]`.
public struct SoftmaxGradient: OperationAttributes {
  /// `.softmaxGradient`.
  public static let kind = Operation.Kind.softmaxGradient
  /// It has no attributes.
  public init() {}

  /// The operation with these attributes.
  public var operation: Operation { .softmaxGradient(self) }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(2, operands)
    try expect(operands[1], operands[0].shape, "the result")
    return operands[0]
  }

  /// Few and many channels.
  public static var samples: [OperationSample] {
    [
      OperationSample(SoftmaxGradient(), [[2, 3, 5, 4], [2, 3, 5, 4]], [1: .numbers(0...1)]),
      OperationSample(SoftmaxGradient(), [[1, 3, 7, 20], [1, 3, 7, 20]], [1: .numbers(0...1)]),
    ]
  }
}
