public import Tensors

/// The gradient with respect to a nonlinear function's operand, told from its result.
///
/// Operands: the gradient with respect to the result, and the result itself, of one shape.
/// Result: that shape.
public struct ActivationGradient: OperationAttributes {
  /// `.activationGradient`.
  public static let kind = Operation.Kind.activationGradient
  /// The function.
  public var activation: Activation

  /// See the property.
  public init(of activation: Activation) {
    self.activation = activation
  }

  /// The operation with these attributes.
  public var operation: Operation { .activationGradient(self) }

  /// The attributes for people.
  public var words: [String] { activation.words }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(2, operands)
    try expect(operands[1], operands[0].shape, "the result")
    return operands[0]
  }

  /// Both functions.
  public static var samples: [OperationSample] {
    [Activation.relu, .sigmoid].map { activation in
      OperationSample(
        ActivationGradient(of: activation), [[2, 3, 5, 7], [2, 3, 5, 7]], [1: .numbers(0...1)])
    } + [
      OperationSample(
        ActivationGradient(of: .relu), [[1, 2, 3, 9], [1, 2, 3, 9]], [1: .whole(0...1)])
    ]
  }
}
