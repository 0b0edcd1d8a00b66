public import Tensors

/// `exp(x_c) / sum over c of exp(x_c)` at each pixel.
///
/// Operand and result: `[..., C]`; results lie in 0...1 and sum to 1 over the channels.
public struct Softmax: OperationAttributes {
  /// `.softmax`.
  public static let kind = Operation.Kind.softmax
  /// It has no attributes.
  public init() {}

  /// The operation with these attributes.
  public var operation: Operation { .softmax(self) }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    return operands[0]
  }

  /// Told from the result.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    rule.contribute(
      try rule.apply(SoftmaxGradient(), to: [rule.given, try rule.result()]), to: 0)
  }

  /// Few and many channels.
  public static var samples: [OperationSample] {
    [
      OperationSample(.softmax(Softmax()), [[2, 3, 5, 4]], [0: .numbers(-6...6)]),
      OperationSample(.softmax(Softmax()), [[1, 3, 7, 20]], [0: .numbers(-6...6)]),
    ]
  }
}
