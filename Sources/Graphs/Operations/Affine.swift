public import Tensors

/// `x * scale + shift`, by the last axis.
///
/// Operands: `[..., C]`, scale `[C]`, shift `[C]`. Result: the first operand's type.
public struct Affine: OperationAttributes {
  /// It has no attributes.
  public init() {}

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(3, operands)
    try expect(operands[1], [operands[0].shape.channels], "the scale")
    try expect(operands[2], [operands[0].shape.channels], "the shift")
    return operands[0]
  }

  /// One multiply-add per element.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    Cost(multiplyAccumulates: result.shape.count, bytes: elementBytes(operands, result))
  }

  /// An image and a vector.
  public static var samples: [OperationSample] {
    [
      OperationSample(.affine(Affine()), [[2, 3, 5, 7], [7], [7]]),
      OperationSample(.affine(Affine()), [[6], [6], [6]]),
    ]
  }
}
