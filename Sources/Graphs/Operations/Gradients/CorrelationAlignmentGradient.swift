public import Tensors

/// The gradient of `CorrelationAlignment` with respect to its features.
///
/// Operands: the loss's features `[N, H, W, C]` and domains `[N, H, W, 1]`, and the gradient with respect
/// to the loss `[1]`. Result: `[N, H, W, C]`.
public struct CorrelationAlignmentGradient: OperationAttributes {
  /// `.correlationAlignmentGradient`.
  public static let kind = Operation.Kind.correlationAlignmentGradient
  /// The distance.
  public var metric: CorrelationAlignment.Metric
  /// What is added to the covariances' diagonals.
  public var ridge: Double

  /// See the properties.
  public init(metric: CorrelationAlignment.Metric, ridge: Double) {
    self.metric = metric
    self.ridge = ridge
  }

  /// The operation with these attributes.
  public var operation: Operation { .correlationAlignmentGradient(self) }

  /// The attributes for people.
  public var words: [String] { [metric.rawValue] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(3, operands)
    try expectDomains(operands)
    try expect(operands[2], [1], "the loss's gradient")
    return operands[0]
  }

  /// Every metric.
  public static var samples: [OperationSample] {
    CorrelationAlignment.Metric.allCases.map { metric in
      OperationSample(
        CorrelationAlignmentGradient(metric: metric, ridge: 1e-6),
        [[2, 4, 9, 4], [2, 4, 9, 1], [1]], [1: .whole(0...2)])
    }
  }
}
