public import Tensors

/// A convolution's weights with inputs and outputs exchanged.
///
/// Operand: `[KH, KW, I, O]`. Result: `[KH, KW, O, I]`; reversed, the window's rows and columns come
/// in the opposite order.
public struct KernelTransposition: OperationAttributes {
  /// `.kernelTransposition`.
  public static let kind = Operation.Kind.kernelTransposition
  /// Whether the window is seen from the other side.
  public var isReversed: Bool

  /// See the property.
  public init(isReversed: Bool) {
    self.isReversed = isReversed
  }

  /// The operation with these attributes.
  public var operation: Operation { .kernelTransposition(self) }

  /// The attributes for people.
  public var words: [String] { isReversed ? ["reversed"] : [] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    let weights = operands[0].shape
    guard weights.rank == 4 else {
      throw OperandError(code: .operandType, message: "weights \(weights) are not of rank 4")
    }
    return TensorType([weights[0], weights[1], weights[3], weights[2]], operands[0].element)
  }

  /// It undoes itself.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    rule.contribute(try rule.apply(self, to: [rule.given]), to: 0)
  }

  /// As they are and reversed.
  public static var samples: [OperationSample] {
    [
      OperationSample(KernelTransposition(isReversed: false), [[1, 4, 3, 5]]),
      OperationSample(KernelTransposition(isReversed: true), [[3, 5, 9, 2]]),
    ]
  }
}
