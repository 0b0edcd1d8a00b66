public import Tensors

/// Zeroes elements at random and scales the others by `1 / keep`.
///
/// Operands: `[...]` and noise of the same shape, uniform in 0..<1: an element stays where its
/// noise is below `keep`. Randomness is an input of the graph so that a run can be repeated.
/// Preparing a graph for inference removes it.
public struct Dropout: OperationAttributes {
  /// `.dropout`.
  public static let kind = Operation.Kind.dropout
  /// The share of elements that stay, in 0 < keep <= 1.
  public var keep: Double

  /// See the property.
  public init(keep: Double) {
    self.keep = keep
  }

  /// The operation with these attributes.
  public var operation: Operation { .dropout(self) }

  /// The attributes for people.
  public var words: [String] { ["keep \(keep)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(2, operands)
    try expect(operands[1], operands[0].shape, "the noise")
    guard keep > 0, keep <= 1 else {
      throw OperandError(code: .operandType, message: "keep \(keep) is not in 0 < keep <= 1")
    }
    return operands[0]
  }

  /// What was zeroed passes nothing back.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    rule.contribute(try rule.apply(self, to: [rule.given, try rule.operand(1)]), to: 0)
  }

  /// One size.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        .dropout(Dropout(keep: 0.5)), [[2, 3, 5, 7], [2, 3, 5, 7]],
        [1: .numbers(0...0.999)])
    ]
  }
}
