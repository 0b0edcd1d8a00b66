public import Tensors

/// The gradient with respect to the gates of a gating.
///
/// Operands: the gradient with respect to its result, what it multiplied, both of one shape. Result: `[K]`,
/// the sum of their products at one place, 0 at all others.
public struct GatingGradient: OperationAttributes {
  /// `.gatingGradient`.
  public static let kind = Operation.Kind.gatingGradient
  /// The place, counted from 0.
  public var index: Int
  /// How many gates there are.
  public var count: Int

  /// See the properties.
  public init(index: Int, count: Int) {
    self.index = index
    self.count = count
  }

  /// The operation with these attributes.
  public var operation: Operation { .gatingGradient(self) }

  /// The attributes for people.
  public var words: [String] { ["gate \(index) of \(count)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(2, operands)
    try expect(operands[1], operands[0].shape, "what was multiplied")
    guard (0..<count).contains(index) else {
      throw OperandError(code: .operandType, message: "\(count) gates hold no gate \(index)")
    }
    return TensorType([count], operands[0].element)
  }

  /// One multiply-add per element.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    Cost(multiplyAccumulates: operands[0].shape.count, bytes: elementBytes(operands, result))
  }

  /// The first and the last of some gates, and more elements than are summed at once.
  public static var samples: [OperationSample] {
    [
      OperationSample(GatingGradient(index: 0, count: 4), [[2, 3, 5, 7], [2, 3, 5, 7]]),
      OperationSample(GatingGradient(index: 2, count: 3), [[1, 30, 40, 16], [1, 30, 40, 16]]),
    ]
  }
}
