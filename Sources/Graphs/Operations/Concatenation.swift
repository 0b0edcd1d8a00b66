public import Tensors

/// Channels of several images, one after the other.
///
/// Operands: images that differ in channels only. Result: their channels together.
public struct Concatenation: OperationAttributes {
  /// It has no attributes.
  public init() {}

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    guard let first = operands.first else {
      throw OperandError(code: .operandCount, message: "no operand")
    }
    var result = try expectImage(first)
    for operand in operands.dropFirst() {
      let image = try expectImage(operand)
      try expect(operand, [result[0], result[1], result[2], image.channels], "an operand")
      result[3] += image.channels
    }
    return TensorType(result, first.element)
  }

  /// Memory traffic only.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    Cost(bytes: elementBytes(operands, result))
  }

  /// One, two and three operands.
  public static var samples: [OperationSample] {
    [
      OperationSample(.concatenation(Concatenation()), [[2, 3, 5, 7]]),
      OperationSample(.concatenation(Concatenation()), [[2, 3, 5, 7], [2, 3, 5, 2]]),
      OperationSample(
        .concatenation(Concatenation()), [[1, 2, 3, 1], [1, 2, 3, 8], [1, 2, 3, 5]]),
    ]
  }
}
