public import Tensors

/// A tensor times a number.
///
/// Operand and result: any shape.
public struct Scaling: OperationAttributes {
  /// `.scaling`.
  public static let kind = Operation.Kind.scaling
  /// The number.
  public var factor: Double

  /// See the property.
  public init(factor: Double) {
    self.factor = factor
  }

  /// The operation with these attributes.
  public var operation: Operation { .scaling(self) }

  /// The attributes for people.
  public var words: [String] { ["\(factor)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    return operands[0]
  }

  /// The gradient is scaled, too.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    rule.contribute(try rule.apply(self, to: [rule.given]), to: 0)
  }

  /// An image.
  public static var samples: [OperationSample] {
    [OperationSample(Scaling(factor: -0.5), [[2, 3, 5, 7]])]
  }
}
