public import Tensors

/// Weights rounded to -127...127 steps, the step of each output being a 127th of its greatest weight.
///
/// Operand and result: `[KH, KW, I, O]`. Convolutions over bytes need weights that are rounded so; kernels
/// store the steps as bytes without losing anything.
public struct WeightRounding: OperationAttributes {
  /// `.weightRounding`.
  public static let kind = Operation.Kind.weightRounding

  /// A rounding to eight bits.
  public init() {}

  /// The operation with these attributes.
  public var operation: Operation { .weightRounding(self) }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    guard operands[0].shape.rank == 4 else {
      throw OperandError(code: .operandType, message: "\(operands[0]) are not weights of rank 4")
    }
    return operands[0]
  }

  /// Weights of some taps, and of one output.
  public static var samples: [OperationSample] {
    [[3, 3, 5, 7], [1, 1, 9, 1]].map { OperationSample(WeightRounding(), [$0]) }
  }
}
