public import Tensors

/// A nonlinear function of each element.
///
/// Operand and result: any shape.
public enum Activation: String, OperationAttributes {
  /// `.activation`.
  public static let kind = Operation.Kind.activation
  /// max(x, 0)
  case relu
  /// 1 / (1 + exp(-x))
  case sigmoid

  /// The operation with these attributes.
  public var operation: Operation { .activation(self) }

  /// The attributes for people.
  public var words: [String] { [rawValue] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    return operands[0]
  }

  /// Told from the result.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    rule.contribute(
      try rule.apply(ActivationGradient(of: self), to: [rule.given, try rule.result()]), to: 0)
  }

  /// Both functions.
  public static var samples: [OperationSample] {
    [
      OperationSample(.activation(.relu), [[2, 3, 5, 7]], [0: .numbers(-6...6)]),
      OperationSample(.activation(.sigmoid), [[2, 3, 5, 7]], [0: .numbers(-6...6)]),
    ]
  }
}
