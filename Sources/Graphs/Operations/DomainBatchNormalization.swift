public import Tensors

/// Batch normalisation by statistics between those of two domains: mean and variance are each
/// `(1 - blend) source + blend target` (Wu et al., arXiv 1809.08495, section III-D, where blend is 1).
///
/// Operands: image `[N, H, W, C]`, gamma, beta, source mean, source variance, target mean, target
/// variance (each `[C]`). Result: the image's type. Preparing a graph for inference folds it away.
public struct DomainBatchNormalization: OperationAttributes {
  /// `.domainBatchNormalization`.
  public static let kind = Operation.Kind.domainBatchNormalization
  /// Added to the variance.
  public var epsilon: Double
  /// How much of the target's statistics is taken, 0 to 1.
  public var blend: Double

  /// A normalisation; see the properties.
  public init(epsilon: Double = 1e-5, blend: Double = 1) {
    self.epsilon = epsilon
    self.blend = blend
  }

  /// The operation with these attributes.
  public var operation: Operation { .domainBatchNormalization(self) }

  /// The attributes for people.
  public var words: [String] { ["epsilon \(epsilon)", "blend \(blend)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(7, operands)
    let image = try expectImage(operands[0])
    for operand in operands.dropFirst() {
      try expect(operand, [image.channels], "a statistic")
    }
    guard (0...1).contains(blend) else {
      throw OperandError(code: .operandType, message: "a blend of \(blend) is not from 0 to 1")
    }
    return operands[0]
  }

  /// One multiply-add per element.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    Cost(multiplyAccumulates: result.shape.count, bytes: elementBytes(operands, result))
  }

  /// Source, target, and something between.
  public static var samples: [OperationSample] {
    [0, 0.25, 1].map { blend in
      OperationSample(
        DomainBatchNormalization(blend: blend),
        [[2, 3, 5, 3], [3], [3], [3], [3], [3], [3]],
        [4: .numbers(0.1...2), 6: .numbers(0.1...2)])
    }
  }
}
