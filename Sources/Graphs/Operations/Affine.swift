public import Tensors

/// `x * scale + shift`, by the last axis.
///
/// Operands: `[..., C]`, scale `[C]`, shift `[C]`. Result: the first operand's type.
public struct Affine: OperationAttributes {
  /// `.affine`.
  public static let kind = Operation.Kind.affine
  /// It has no attributes.
  public init() {}

  /// The operation with these attributes.
  public var operation: Operation { .affine(self) }

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

  /// The image's gradient is scaled, too.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    let given = rule.given
    if rule.isWanted(0) {
      rule.contribute(
        try rule.apply(Combination.product, to: [given, try rule.operand(1)]), to: 0)
    }
    if rule.isWanted(1) {
      let products = try rule.apply(Combination.product, to: [given, try rule.operand(0)])
      rule.contribute(try rule.apply(Summation.pixels, to: [products]), to: 1)
    }
    if rule.isWanted(2) {
      rule.contribute(try rule.apply(Summation.pixels, to: [given]), to: 2)
    }
  }

  /// An image and a vector.
  public static var samples: [OperationSample] {
    [
      OperationSample(.affine(Affine()), [[2, 3, 5, 7], [7], [7]]),
      OperationSample(.affine(Affine()), [[6], [6], [6]]),
    ]
  }
}
