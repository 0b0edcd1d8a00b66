public import Tensors

/// A power of each element's logarithm: `a ln(x)^b`, `ln(x)` being taken for 0 below an `x` of 1.
///
/// This is how a search weighs latency against loss (Wu et al., arXiv 1812.03443, eq. 2).
/// Operand and result: any shape.
public struct LogarithmicPower: OperationAttributes {
  /// `.logarithmicPower`.
  public static let kind = Operation.Kind.logarithmicPower
  /// What the power is multiplied with: a.
  public var coefficient: Double
  /// The exponent: b.
  public var exponent: Double

  /// See the properties.
  public init(coefficient: Double, exponent: Double) {
    self.coefficient = coefficient
    self.exponent = exponent
  }

  /// The operation with these attributes.
  public var operation: Operation { .logarithmicPower(self) }

  /// The attributes for people.
  public var words: [String] { ["\(coefficient) ln^\(exponent)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    return operands[0]
  }

  /// The gradient is `a b ln(x)^(b - 1) / x`.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    let gradient = LogarithmicPowerGradient(coefficient: coefficient, exponent: exponent)
    rule.contribute(try rule.apply(gradient, to: [rule.given, try rule.operand(0)]), to: 0)
  }

  /// The paper's figures, and others.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        LogarithmicPower(coefficient: 0.2, exponent: 0.6), [[5]], [0: .numbers(2...40)]),
      OperationSample(
        LogarithmicPower(coefficient: 1, exponent: 2), [[2, 3, 1]], [0: .numbers(1.5...9)]),
    ]
  }
}
