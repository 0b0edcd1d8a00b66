public import Tensors

/// Channels of several images, one after the other.
///
/// Operands: images that differ in channels only. Result: their channels together.
public struct Concatenation: OperationAttributes {
  /// `.concatenation`.
  public static let kind = Operation.Kind.concatenation
  /// Of equal quantizations.
  public static let takesBytes = true
  /// It has no attributes.
  public init() {}

  /// The operation with these attributes.
  public var operation: Operation { .concatenation(self) }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    guard let first = operands.first else {
      throw OperandError(code: .operandCount, message: "no operand")
    }
    var result = try expectImage(first)
    for operand in operands.dropFirst() {
      let image = try expectImage(operand)
      try expect(operand, [result[0], result[1], result[2], image.channels], "an operand")
      guard operand.quantization == first.quantization else {
        throw OperandError(
          code: .operandType, message: "\(operand) and \(first) are not stored alike")
      }
      result[3] += image.channels
    }
    return first.with(shape: result)
  }

  /// Each operand has its channels of the gradient.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    var first = 0
    for (index, type) in rule.types.enumerated() {
      let slice = ChannelSlice(first: first, count: type.shape.channels)
      if rule.isWanted(index) {
        rule.contribute(try rule.apply(slice, to: [rule.given]), to: index)
      }
      first += slice.count
    }
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
