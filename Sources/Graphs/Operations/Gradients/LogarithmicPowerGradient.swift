public import Tensors

/// The gradient with respect to what a power of a logarithm was taken of.
///
/// Operands: the gradient with respect to the result, what the power was taken of. Result: the same shape;
/// 0 where the operand is 1 or less.
public struct LogarithmicPowerGradient: OperationAttributes {
  /// `.logarithmicPowerGradient`.
  public static let kind = Operation.Kind.logarithmicPowerGradient
  /// What the power was multiplied with.
  public var coefficient: Double
  /// The exponent.
  public var exponent: Double

  /// See the properties.
  public init(coefficient: Double, exponent: Double) {
    self.coefficient = coefficient
    self.exponent = exponent
  }

  /// The operation with these attributes.
  public var operation: Operation { .logarithmicPowerGradient(self) }

  /// The attributes for people.
  public var words: [String] { ["\(coefficient) ln^\(exponent)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(2, operands)
    try expect(operands[1], operands[0].shape, "the operand")
    return operands[0]
  }

  /// The paper's figures.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        LogarithmicPowerGradient(coefficient: 0.2, exponent: 0.6), [[5], [5]],
        [1: .numbers(2...40)])
    ]
  }
}
