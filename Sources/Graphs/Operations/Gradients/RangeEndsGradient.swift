public import Tensors

/// The gradient with respect to the ends of a range that numbers are held within.
///
/// Operands: the gradient with respect to the result, what was held, both of one shape; range `[2]`. Result:
/// `[2]`, the sum of the gradients below the least number, and of those from the greatest on.
public struct RangeEndsGradient: OperationAttributes {
  /// `.rangeEndsGradient`.
  public static let kind = Operation.Kind.rangeEndsGradient

  /// There are no attributes.
  public init() {}

  /// The operation with these attributes.
  public var operation: Operation { .rangeEndsGradient(self) }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(3, operands)
    try expect(operands[1], operands[0].shape, "what was held")
    try expectRange(operands[2])
    return TensorType([2], operands[0].element)
  }

  /// Numbers on both sides, and more than are summed at once.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        RangeEndsGradient(), [[2, 3, 5, 7], [2, 3, 5, 7], [2]], [2: .numbers(-0.9...0.9)]),
      OperationSample(
        RangeEndsGradient(), [[1, 30, 40, 16], [1, 30, 40, 16], [2]], [2: .numbers(0.1...0.5)]),
    ]
  }
}
