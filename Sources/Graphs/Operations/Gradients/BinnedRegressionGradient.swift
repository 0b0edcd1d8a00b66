public import Tensors

/// The gradient of a `BinnedRegression` with respect to its predictions.
///
/// Operands: the loss's predictions `[N, H, W, 2 B]`, values and weights `[N, H, W, 1]`, and the gradient
/// with respect to the loss `[1]`. Result: `[N, H, W, 2 B]`.
public struct BinnedRegressionGradient: OperationAttributes {
  /// `.binnedRegressionGradient`.
  public static let kind = Operation.Kind.binnedRegressionGradient
  /// The loss.
  public var loss: BinnedRegression

  /// See the properties.
  public init(loss: BinnedRegression) {
    self.loss = loss
  }

  /// The operation with these attributes.
  public var operation: Operation { .binnedRegressionGradient(self) }

  /// The attributes for people.
  public var words: [String] { loss.words }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(4, operands)
    try expectBins(operands, count: loss.binCount)
    try expect(operands[3], [1], "the loss's gradient")
    return operands[0]
  }

  /// With and without a bin for 0.
  public static var samples: [OperationSample] {
    BinnedRegression.samples.compactMap { sample in
      guard case .binnedRegression(let loss) = sample.operation else { return nil }
      return OperationSample(
        BinnedRegressionGradient(loss: loss), sample.operands.map(\.shape) + [[1]],
        [0: .numbers(-2...2), 1: .numbers(-0.3...1), 2: .numbers(0...1)])
    }
  }
}
