public import Tensors

/// The gradients with respect to a `MomentNormalization`'s shift and scale.
///
/// Operands: the gradient g with respect to the result `[N, H, W, C]`, the image x, its moments `[2 C]`;
/// behind a ReLU also gamma and beta `[C]`. Result: `[2 C]`, the sums over the pixels of g, and of g times
/// the normalised image; where a ReLU followed, of those g that it let through.
public struct NormalizationSums: OperationAttributes {
  /// `.normalizationSums`.
  public static let kind = Operation.Kind.normalizationSums
  /// Added to the variance.
  public var epsilon: Double
  /// Whether the normalisation was followed by a ReLU, with respect to whose result g is.
  public var isBehindReLU: Bool

  /// See the properties.
  public init(epsilon: Double, isBehindReLU: Bool = false) {
    self.epsilon = epsilon
    self.isBehindReLU = isBehindReLU
  }

  /// The operation with these attributes.
  public var operation: Operation { .normalizationSums(self) }

  /// The attributes for people.
  public var words: [String] { ["epsilon \(epsilon)"] + (isBehindReLU ? ["behind relu"] : []) }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(isBehindReLU ? 5 : 3, operands)
    let channels = try expectImage(operands[0]).channels
    try expect(operands[1], operands[0].shape, "the image")
    try expect(operands[2], [2 * channels], "the moments")
    if isBehindReLU {
      try expect(operands[3], [channels], "gamma")
      try expect(operands[4], [channels], "beta")
    }
    return TensorType([2 * channels], operands[0].element)
  }

  /// Two sizes, and behind a ReLU.
  public static var samples: [OperationSample] {
    let sizes: [(Int, Bool)] = [(3, false), (20, false), (3, true), (37, true)]
    return sizes.map { channels, isBehindReLU in
      OperationSample(
        NormalizationSums(epsilon: 1e-5, isBehindReLU: isBehindReLU),
        [[2, 4, 5, channels], [2, 4, 5, channels], [2 * channels]]
          + (isBehindReLU ? [[channels], [channels]] : []), [2: .numbers(0.1...2)])
    }
  }
}

extension NormalizationSums {
  /// Reads attributes; a ReLU follows only where that is said.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      epsilon: try container.decode(Double.self, forKey: .epsilon),
      isBehindReLU: try container.decodeIfPresent(Bool.self, forKey: .isBehindReLU) ?? false)
  }
}
