public import Tensors

/// The gradient of `LovaszSoftmax` with respect to its scores.
///
/// Operands: the loss's scores `[N, H, W, C]`, labels and weights `[N, H, W, 1]`, and the gradient with
/// respect to the loss `[1]`. Result: `[N, H, W, C]`.
public struct LovaszSoftmaxGradient: OperationAttributes {
  /// `.lovaszSoftmaxGradient`.
  public static let kind = Operation.Kind.lovaszSoftmaxGradient
  /// It has no attributes.
  public init() {}

  /// The operation with these attributes.
  public var operation: Operation { .lovaszSoftmaxGradient(self) }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(4, operands)
    try expectScores(operands)
    try expect(operands[3], [1], "the loss's gradient")
    return operands[0]
  }

  /// One size.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        LovaszSoftmaxGradient(), [[2, 3, 5, 4], [2, 3, 5, 1], [2, 3, 5, 1], [1]],
        [0: .numbers(-3...3), 1: .whole(-1...3), 2: .whole(0...1)])
    ]
  }
}
