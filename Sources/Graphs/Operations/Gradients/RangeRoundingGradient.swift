public import Tensors

/// The gradient with respect to what was held within a range: that of the result within it, 0 beyond.
///
/// Operands: the gradient with respect to the result, what was held, both of one shape; range `[2]`.
public struct RangeRoundingGradient: OperationAttributes {
  /// `.rangeRoundingGradient`.
  public static let kind = Operation.Kind.rangeRoundingGradient

  /// There are no attributes.
  public init() {}

  /// The operation with these attributes.
  public var operation: Operation { .rangeRoundingGradient(self) }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(3, operands)
    try expect(operands[1], operands[0].shape, "what was held")
    try expectRange(operands[2])
    return operands[0]
  }

  /// Ranges on both sides of 0, and on one.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        RangeRoundingGradient(), [[2, 3, 5, 7], [2, 3, 5, 7], [2]], [2: .numbers(-0.9...0.9)]),
      OperationSample(
        RangeRoundingGradient(), [[1, 4, 6, 16], [1, 4, 6, 16], [2]], [2: .numbers(0.1...0.5)]),
    ]
  }
}
