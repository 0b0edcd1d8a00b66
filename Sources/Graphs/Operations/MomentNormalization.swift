public import Tensors

/// Batch normalisation as it is trained: by the mean and variance of the batch itself.
///
/// Operands: image `[N, H, W, C]`, gamma `[C]`, beta `[C]`, the image's `BatchMoments` `[2 C]`.
/// Result: the image's type, `activation((x - mean) / sqrt(variance + epsilon) * gamma + beta)`.
/// The image's gradient takes into account that the moments depend on it
/// (Ioffe and Szegedy, arXiv 1502.03167, section 3).
public struct MomentNormalization: OperationAttributes {
  /// `.momentNormalization`.
  public static let kind = Operation.Kind.momentNormalization
  /// Added to the variance.
  public var epsilon: Double
  /// What follows, if anything.
  public var activation: Activation?

  /// A normalisation; see the properties.
  public init(epsilon: Double = 1e-5, activation: Activation? = nil) {
    self.epsilon = epsilon
    self.activation = activation
  }

  /// The operation with these attributes.
  public var operation: Operation { .momentNormalization(self) }

  /// The attributes for people.
  public var words: [String] { ["epsilon \(epsilon)"] + (activation.map { [$0.rawValue] } ?? []) }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(4, operands)
    let channels = try expectImage(operands[0]).channels
    try expect(operands[1], [channels], "gamma")
    try expect(operands[2], [channels], "beta")
    try expect(operands[3], [2 * channels], "the moments")
    return operands[0]
  }

  /// Two sums over the pixels, of which the image's gradient is made, too.
  ///
  /// What a ReLU let through is told from the image.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    var given = rule.given
    let isBehindReLU = activation == .relu
    if let activation, !isBehindReLU {
      given = try rule.apply(ActivationGradient(of: activation), to: [given, try rule.result()])
    }
    let (image, gamma, moments) = (try rule.operand(0), try rule.operand(1), try rule.operand(3))
    let beta = isBehindReLU ? [try rule.operand(2)] : []
    let channels = rule.types[1].shape.channels
    let sums = try rule.apply(
      NormalizationSums(epsilon: epsilon, isBehindReLU: isBehindReLU),
      to: [given, image, moments] + (isBehindReLU ? [gamma] + beta : []))
    for (index, first) in [(2, 0), (1, channels)] where rule.isWanted(index) {
      rule.contribute(
        try rule.apply(ChannelSlice(first: first, count: channels), to: [sums]), to: index)
    }
    guard rule.isWanted(0) else { return }
    rule.contribute(
      try rule.apply(
        NormalizationGradient(epsilon: epsilon, isBehindReLU: isBehindReLU),
        to: [given, image, gamma, moments, sums] + beta), to: 0)
  }

  /// With and without what follows.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        MomentNormalization(), [[2, 4, 5, 3], [3], [3], [6]], [3: .numbers(0.1...2)]),
      OperationSample(
        MomentNormalization(epsilon: 1e-3, activation: .relu), [[1, 3, 7, 20], [20], [20], [40]],
        [3: .numbers(0.1...2)]),
    ]
  }
}
