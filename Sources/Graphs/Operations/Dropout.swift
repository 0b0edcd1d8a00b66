public import Tensors

/// Zeroes elements at random and scales the others by `1 / keep`.
///
/// Operands: `[...]` and noise of the same shape, uniform in 0..<1: an element stays where its
/// noise is below `keep`. Randomness is an input of the graph so that a run can be repeated.
/// Preparing a graph for inference removes it.
public struct Dropout: OperationAttributes {
  /// The share of elements that stay, in 0 < keep <= 1.
  public var keep: Double

  /// See the property.
  public init(keep: Double) {
    self.keep = keep
  }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(2, operands)
    try expect(operands[1], operands[0].shape, "the noise")
    guard keep > 0, keep <= 1 else {
      throw OperandError(code: .operandType, message: "keep \(keep) is not in 0 < keep <= 1")
    }
    return operands[0]
  }

  /// Memory traffic only.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    Cost(bytes: elementBytes(operands, result))
  }

  /// One size.
  public static var samples: [OperationSample] {
    [OperationSample(.dropout(Dropout(keep: 0.5)), [[2, 3, 5, 7], [2, 3, 5, 7]])]
  }
}
