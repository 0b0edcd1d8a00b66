public import Tensors

/// The mean over the machines that train together; with one machine it changes nothing.
///
/// Operand and result: any shape.
public enum RankMean: String, OperationAttributes {
  /// `.rankMean`.
  public static let kind = Operation.Kind.rankMean
  /// Element by element.
  case elements
  /// Of means and variances, as `BatchMoments` gives them, over as many pixels on each machine: the
  /// moments of all pixels together.
  case moments

  /// The operation with these attributes.
  public var operation: Operation { .rankMean(self) }

  /// The attributes for people.
  public var words: [String] { [rawValue] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    return operands[0]
  }

  /// Both means.
  public static var samples: [OperationSample] {
    [
      OperationSample(RankMean.elements, [[7]]),
      OperationSample(RankMean.moments, [[8]]),
    ]
  }
}
