public import Tensors

/// Weights rounded to whole steps: with b bits to -(2^(b-1) - 1)...2^(b-1) - 1 of them, the step of each output
/// being its greatest weight divided by that number.
///
/// Operand and result: `[..., O]`. Convolutions over bytes need weights that are rounded to eight bits; kernels store
/// the steps as bytes without losing anything. This is the form by the greatest weight of Wu et al., arXiv
/// 1812.00090, section 5, for each output by itself.
public struct WeightRounding: OperationAttributes {
  /// `.weightRounding`.
  public static let kind = Operation.Kind.weightRounding
  /// Bits of a step's number, its sign among them.
  public var bits: Int

  /// A rounding; to eight bits unless told otherwise.
  public init(bits: Int = 8) {
    self.bits = bits
  }

  /// The operation with these attributes.
  public var operation: Operation { .weightRounding(self) }

  /// The attributes for people; eight bits go without saying.
  public var words: [String] { bits == 8 ? [] : ["\(bits) bits"] }

  /// The number of the greatest step.
  package var greatestStep: Int { 1 << (bits - 1) - 1 }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    guard operands[0].shape.rank > 1 else {
      throw OperandError(code: .operandType, message: "\(operands[0]) are not weights by output")
    }
    guard (2...48).contains(bits) else {
      throw OperandError(code: .operandType, message: "\(bits) bits are not within 2...48")
    }
    return operands[0]
  }

  /// Straight through the rounding (Bengio et al., arXiv 1308.3432).
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    rule.contribute(rule.given, to: 0)
  }

  /// Weights of some taps, of one output, of each channel by itself; eight bits, and fewer.
  public static var samples: [OperationSample] {
    [
      OperationSample(WeightRounding(), [[3, 3, 5, 7]]),
      OperationSample(WeightRounding(), [[1, 1, 9, 1]]),
      OperationSample(WeightRounding(bits: 4), [[3, 3, 5, 7]]),
      OperationSample(WeightRounding(bits: 2), [[3, 3, 8]]),
    ]
  }
}
