public import Tensors

/// The gradient of a `CrossEntropy` with respect to its scores.
///
/// Operands: the loss's scores `[N, H, W, C]`, labels and weights `[N, H, W, 1]`, and the gradient with
/// respect to the loss `[1]`. Result: `[N, H, W, C]`.
public struct CrossEntropyGradient: OperationAttributes {
  /// `.crossEntropyGradient`.
  public static let kind = Operation.Kind.crossEntropyGradient
  /// One weight per class.
  public var classWeights: [Double]
  /// How much sure classes count less.
  public var focusing: Double

  /// See the properties.
  public init(classWeights: [Double], focusing: Double) {
    self.classWeights = classWeights
    self.focusing = focusing
  }

  /// The operation with these attributes.
  public var operation: Operation { .crossEntropyGradient(self) }

  /// The attributes for people.
  public var words: [String] { focusing == 0 ? [] : ["focusing \(focusing)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(4, operands)
    try expectScores(operands, classes: classWeights.count)
    try expect(operands[3], [1], "the loss's gradient")
    return operands[0]
  }

  /// Plain and focal.
  public static var samples: [OperationSample] {
    [0, 2, 1.5].map { focusing in
      OperationSample(
        CrossEntropyGradient(classWeights: [1 / 3.0, 1, 3.5, 3.5], focusing: focusing),
        [[2, 3, 5, 4], [2, 3, 5, 1], [2, 3, 5, 1], [1]],
        [0: .numbers(-3...3), 1: .whole(-1...4), 2: .numbers(0...1)])
    }
  }
}
