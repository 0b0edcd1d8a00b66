public import Tensors

/// How far the features' covariance in one domain is from that in another: a loss that lets a network
/// give both domains features of one distribution.
///
/// Operands: features `[N, H, W, C]`, domains `[N, H, W, 1]` (1 for a pixel of the source, 2 for one of
/// the target; others do not count). Result: `[1]`, `d(C_s, C_t)^2 / (4 C^2)`, where
/// `C = X^T X / (n - 1) + ridge I` of the centred features of a domain's n pixels; 0 where a domain has
/// fewer than two.
public struct CorrelationAlignment: OperationAttributes {
  /// `.correlationAlignment`.
  public static let kind = Operation.Kind.correlationAlignment

  /// A distance between two covariances.
  public enum Metric: String, Codable, CaseIterable, Sendable {
    /// `|log C_s - log C_t|` in Frobenius' norm (Morerio et al., arXiv 1711.10288, eq. 6), which
    /// SqueezeSegV2 calls geodesic (Wu et al., arXiv 1809.08495, section III-C).
    case logEuclidean
    /// The length of the shortest path between both on the cone of positive definite matrices:
    /// `sqrt(sum log^2 lambda)` over the eigenvalues of `C_s^-1 C_t`.
    case geodesic
    /// `|C_s - C_t|` in Frobenius' norm (Sun and Saenko, arXiv 1607.01719, eq. 1): CORAL.
    case euclidean
  }

  /// The distance.
  public var metric: Metric
  /// What is added to the covariances' diagonals; not with `euclidean`, which needs no logarithm.
  public var ridge: Double

  /// A loss; see the properties.
  public init(metric: Metric = .logEuclidean, ridge: Double = 1e-6) {
    self.metric = metric
    self.ridge = ridge
  }

  /// The operation with these attributes.
  public var operation: Operation { .correlationAlignment(self) }

  /// The attributes for people.
  public var words: [String] { [metric.rawValue] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(2, operands)
    try expectDomains(operands)
    return TensorType([1], operands[0].element)
  }

  /// Features only: domains are data.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    rule.contribute(
      try rule.apply(
        CorrelationAlignmentGradient(metric: metric, ridge: ridge),
        to: [try rule.operand(0), try rule.operand(1), rule.given]), to: 0)
  }

  /// Every metric, and a batch without a target.
  public static var samples: [OperationSample] {
    Metric.allCases.map { metric in
      OperationSample(
        CorrelationAlignment(metric: metric), [[2, 4, 9, 4], [2, 4, 9, 1]], [1: .whole(0...2)])
    } + [
      OperationSample(CorrelationAlignment(), [[1, 2, 7, 3], [1, 2, 7, 1]], [1: .whole(0...1)])
    ]
  }
}

extension OperationAttributes {
  /// Checks features and domains.
  func expectDomains(_ operands: [TensorType]) throws(OperandError) {
    let features = try expectImage(operands[0])
    try expect(operands[1], [features[0], features[1], features[2], 1], "the domains")
  }
}
