public import Tensors

/// An image times one of several numbers: a candidate of a search times the share it has.
///
/// Operands: any shape, gates `[K]`. Result: the first operand's type.
public struct Gating: OperationAttributes {
  /// `.gating`.
  public static let kind = Operation.Kind.gating
  /// Which of the numbers, counted from 0.
  public var index: Int

  /// See the property.
  public init(index: Int) {
    self.index = index
  }

  /// The operation with these attributes.
  public var operation: Operation { .gating(self) }

  /// The attributes for people.
  public var words: [String] { ["gate \(index)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(2, operands)
    guard operands[1].shape.rank == 1, (0..<operands[1].shape[0]).contains(index) else {
      throw OperandError(
        code: .operandType, message: "\(operands[1].shape) holds no gate \(index)")
    }
    return operands[0]
  }

  /// The gate lets the gradient through, too; its own gradient is a sum over all elements.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    if rule.isWanted(0) {
      rule.contribute(try rule.apply(self, to: [rule.given, try rule.operand(1)]), to: 0)
    }
    guard rule.isWanted(1) else { return }
    let gradient = GatingGradient(index: index, count: rule.types[1].shape[0])
    rule.contribute(try rule.apply(gradient, to: [rule.given, try rule.operand(0)]), to: 1)
  }

  /// The first and the last of some gates.
  public static var samples: [OperationSample] {
    [
      OperationSample(Gating(index: 0), [[2, 3, 5, 7], [4]]),
      OperationSample(Gating(index: 2), [[1, 3, 4, 16], [3]]),
    ]
  }
}
