public import Tensors

/// Numbers held within a range and rounded to evenly spaced ones, 0 among them: what storing them in few bits does
/// to them.
///
/// Operands: any shape, range `[2]` (least, greatest). Result: the first operand's type. A least number above 0, or
/// a greatest below it, counts as 0, as for `Quantization(holding:)`; with eight bits the result is what bytes
/// of that quantization stand for, and with a least number of 0 the clipped activation of Choi et al.,
/// arXiv 1805.06085, eq. 1 and 2.
public struct RangeRounding: OperationAttributes {
  /// `.rangeRounding`.
  public static let kind = Operation.Kind.rangeRounding
  /// Two to the power of this many numbers can be told apart.
  public var bits: Int

  /// See the property.
  public init(bits: Int) {
    self.bits = bits
  }

  /// The operation with these attributes.
  public var operation: Operation { .rangeRounding(self) }

  /// The attributes for people.
  public var words: [String] { ["\(bits) bits"] }

  /// The greatest of the whole numbers that results are stored as.
  package var greatestStep: Int { 1 << bits - 1 }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(2, operands)
    try expectRange(operands[1])
    guard (1...48).contains(bits) else {
      throw OperandError(code: .operandType, message: "\(bits) bits are not within 1...48")
    }
    return operands[0]
  }

  /// Straight through the rounding; what lies beyond an end pulls at that end (equation 3).
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    let operands = [rule.given, try rule.operand(0), try rule.operand(1)]
    if rule.isWanted(0) {
      rule.contribute(try rule.apply(RangeRoundingGradient(), to: operands), to: 0)
    }
    if rule.isWanted(1) {
      rule.contribute(try rule.apply(RangeEndsGradient(), to: operands), to: 1)
    }
  }

  /// Ranges on both sides of 0, and one that begins there.
  public static var samples: [OperationSample] {
    [
      OperationSample(RangeRounding(bits: 8), [[2, 3, 5, 7], [2]], [1: .numbers(-0.9...0.9)]),
      OperationSample(RangeRounding(bits: 4), [[1, 4, 6, 16], [2]], [1: .numbers(0.1...0.9)]),
      OperationSample(RangeRounding(bits: 2), [[3, 9], [2]], [1: .numbers(-0.7...0.7)]),
    ]
  }
}

extension OperationAttributes {
  /// Refuses what is no pair of numbers.
  func expectRange(_ type: TensorType) throws(OperandError) {
    guard type.shape == [2] else {
      throw OperandError(
        code: .operandType, message: "\(type.shape) is not a least and a greatest number")
    }
  }
}
