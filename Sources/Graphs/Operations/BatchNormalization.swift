public import Tensors

/// Batch normalisation by given statistics: `(x - mean) / sqrt(variance + epsilon) * gamma + beta`.
///
/// Operands: image `[N, H, W, C]`, gamma, beta, mean, variance (each `[C]`). Result: the image's
/// type. The variance is the biased one.
public struct BatchNormalization: OperationAttributes {
  /// `.batchNormalization`.
  public static let kind = Operation.Kind.batchNormalization
  /// Added to the variance.
  public var epsilon: Double

  /// A normalisation; the authors' epsilon unless said otherwise.
  public init(epsilon: Double = 1e-5) {
    self.epsilon = epsilon
  }

  /// The operation with these attributes.
  public var operation: Operation { .batchNormalization(self) }

  /// The attributes for people.
  public var words: [String] { ["epsilon \(epsilon)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(5, operands)
    let image = try expectImage(operands[0])
    for operand in operands.dropFirst() {
      try expect(operand, [image.channels], "a statistic")
    }
    return operands[0]
  }

  /// One multiply-add per element.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    Cost(multiplyAccumulates: result.shape.count, bytes: elementBytes(operands, result))
  }

  /// The statistics are operands like the others: nothing flows through them to the image.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    let given = rule.given
    let inverse = try rule.apply(
      InverseDeviation(epsilon: epsilon), to: [try rule.operand(4)])
    let scale = try rule.apply(Combination.product, to: [try rule.operand(1), inverse])
    let scaled = try rule.apply(Combination.product, to: [given, scale])
    rule.contribute(scaled, to: 0)
    if rule.isWanted(2) {
      rule.contribute(try rule.apply(Summation.pixels, to: [given]), to: 2)
    }
    if rule.isWanted(3) {
      let sum = try rule.apply(Summation.pixels, to: [scaled])
      rule.contribute(try rule.apply(Scaling(factor: -1), to: [sum]), to: 3)
    }
    guard rule.isWanted(1) || rule.isWanted(4) else { return }
    let centred = try rule.apply(
      Combination.difference, to: [try rule.operand(0), try rule.operand(3)])
    let moments = try rule.apply(
      Summation.pixels, to: [try rule.apply(Combination.product, to: [given, centred])])
    let gamma = try rule.apply(Combination.product, to: [moments, inverse])
    rule.contribute(gamma, to: 1)
    // d/dv (v + e)^(-1/2) = -1/2 (v + e)^(-3/2)
    let square = try rule.apply(Combination.product, to: [inverse, scale])
    let variance = try rule.apply(Combination.product, to: [gamma, square])
    rule.contribute(try rule.apply(Scaling(factor: -0.5), to: [variance]), to: 4)
  }

  /// Two sizes.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        .batchNormalization(BatchNormalization()), [[2, 4, 5, 3], [3], [3], [3], [3]],
        [4: .numbers(0.1...2)]),
      OperationSample(
        .batchNormalization(BatchNormalization(epsilon: 1e-3)),
        [[1, 3, 7, 9], [9], [9], [9], [9]],
        [4: .numbers(0.1...2)]),
    ]
  }
}
