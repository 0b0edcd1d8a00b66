public import Tensors

/// `1 / sqrt(variance + epsilon)`: what folding a batch normalisation needs of its statistics.
///
/// Operand and result: `[C]`.
public struct InverseDeviation: OperationAttributes {
  /// `.inverseDeviation`.
  public static let kind = Operation.Kind.inverseDeviation
  /// Added to the variance.
  public var epsilon: Double

  /// See the property.
  public init(epsilon: Double) {
    self.epsilon = epsilon
  }

  /// The operation with these attributes.
  public var operation: Operation { .inverseDeviation(self) }

  /// The attributes for people.
  public var words: [String] { ["epsilon \(epsilon)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    return operands[0]
  }

  /// The derivative is -1/2 y^3, y being the result.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    let result = try rule.result()
    var product = rule.given
    for _ in 0..<3 { product = try rule.apply(Combination.product, to: [product, result]) }
    rule.contribute(try rule.apply(Scaling(factor: -0.5), to: [product]), to: 0)
  }

  /// One size.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        .inverseDeviation(InverseDeviation(epsilon: 1e-5)), [[7]], [0: .numbers(0.1...2)])
    ]
  }
}
