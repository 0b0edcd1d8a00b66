public import Tensors

/// The same elements under another shape.
///
/// Operand: any shape. Result: `shape`, with as many elements.
public struct Reshaping: OperationAttributes {
  /// `.reshaping`.
  public static let kind = Operation.Kind.reshaping
  /// The result's shape.
  public var shape: TensorShape

  /// See the property.
  public init(to shape: TensorShape) {
    self.shape = shape
  }

  /// The operation with these attributes.
  public var operation: Operation { .reshaping(self) }

  /// The attributes for people.
  public var words: [String] { ["to \(shape)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    guard shape.extents.allSatisfy({ $0 > 0 }), shape.count == operands[0].shape.count else {
      throw OperandError(
        code: .operandType, message: "\(operands[0].shape) cannot become \(shape)")
    }
    return TensorType(shape, operands[0].element)
  }

  /// Back to what it was.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    rule.contribute(try rule.apply(Reshaping(to: rule.types[0].shape), to: [rule.given]), to: 0)
  }

  /// A matrix that becomes weights.
  public static var samples: [OperationSample] {
    [OperationSample(Reshaping(to: [1, 1, 4, 3]), [[4, 3]])]
  }
}
