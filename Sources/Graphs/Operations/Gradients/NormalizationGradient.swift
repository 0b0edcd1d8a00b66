public import Tensors

/// The gradient with respect to a `MomentNormalization`'s image, the way through the moments included.
///
/// Operands: the gradient g with respect to the result `[N, H, W, C]`, the image x, gamma `[C]`,
/// the moments `[2 C]`, the `NormalizationSums` `[2 C]`; behind a ReLU also beta `[C]`. Result: the image's
/// type, `gamma / deviation (g - (sum_1 + x_hat sum_2) / pixels)` (Ioffe and Szegedy, arXiv 1502.03167,
/// section 3), g being 0 where a ReLU behind the normalisation let nothing through; where the image is
/// the result of a ReLU, times 1 where that let something through.
public struct NormalizationGradient: OperationAttributes {
  /// `.normalizationGradient`.
  public static let kind = Operation.Kind.normalizationGradient
  /// Added to the variance.
  public var epsilon: Double
  /// Whether the image is the result of a ReLU whose operand's gradient is wanted.
  public var isRectified: Bool
  /// Whether the normalisation was followed by a ReLU, with respect to whose result g is.
  public var isBehindReLU: Bool

  /// See the properties.
  public init(epsilon: Double, isRectified: Bool = false, isBehindReLU: Bool = false) {
    self.epsilon = epsilon
    self.isRectified = isRectified
    self.isBehindReLU = isBehindReLU
  }

  /// The operation with these attributes.
  public var operation: Operation { .normalizationGradient(self) }

  /// The attributes for people.
  public var words: [String] {
    ["epsilon \(epsilon)"] + (isRectified ? ["relu"] : []) + (isBehindReLU ? ["behind relu"] : [])
  }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(isBehindReLU ? 6 : 5, operands)
    let channels = try expectImage(operands[0]).channels
    try expect(operands[1], operands[0].shape, "the image")
    try expect(operands[2], [channels], "gamma")
    try expect(operands[3], [2 * channels], "the moments")
    try expect(operands[4], [2 * channels], "the sums")
    if isBehindReLU { try expect(operands[5], [channels], "beta") }
    return operands[0]
  }

  /// Of any image, of a ReLU's result, and behind a ReLU.
  public static var samples: [OperationSample] {
    let cases: [(Int, Bool, Bool)] = [
      (3, false, false), (20, true, false), (5, false, true), (35, false, true),
    ]
    return cases.map { channels, isRectified, isBehindReLU in
      OperationSample(
        NormalizationGradient(
          epsilon: 1e-5, isRectified: isRectified, isBehindReLU: isBehindReLU),
        [
          [2, 4, 5, channels], [2, 4, 5, channels], [channels], [2 * channels], [2 * channels],
        ] + (isBehindReLU ? [[channels]] : []),
        [1: isBehindReLU ? .numbers(-1...1) : .whole(-1...1), 3: .numbers(0.1...2)])
    }
  }
}
