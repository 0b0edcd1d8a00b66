public import Tensors

/// The loss of a regression that first chooses a bin and then an offset from its centre: many values
/// that are likely at once are no mean of each other (Wu et al., arXiv 1809.08495, section III-C).
///
/// Operands: predictions `[N, H, W, 2 B]` (scores of the B bins, then their offsets), values
/// `[N, H, W, 1]` from 0 to 1, weights `[N, H, W, 1]`. Result: `[1]`,
/// `sum_i weight_i (-log p_bin + offsetWeight (centre_bin + offset_bin - value)^2)`, where bin is the one
/// that holds the value. B is `bins`, of equal width, and one more in front where `zeroBin`: the
/// values that are exactly 0, which sensors have many of, with the centre 0.
public struct BinnedRegression: OperationAttributes {
  /// `.binnedRegression`.
  public static let kind = Operation.Kind.binnedRegression
  /// Bins of equal width between 0 and 1.
  public var bins: Int
  /// Whether there is one more for 0 alone.
  public var zeroBin: Bool
  /// What squared errors are multiplied with.
  public var offsetWeight: Double

  /// A loss; see the properties.
  public init(bins: Int = 10, zeroBin: Bool = true, offsetWeight: Double = 10) {
    self.bins = bins
    self.zeroBin = zeroBin
    self.offsetWeight = offsetWeight
  }

  /// The operation with these attributes.
  public var operation: Operation { .binnedRegression(self) }

  /// The attributes for people.
  public var words: [String] { ["\(binCount) bins"] }

  /// All bins.
  public var binCount: Int { bins + (zeroBin ? 1 : 0) }

  /// The bin that holds a value; those outside of 0...1 are in the outermost.
  public func bin(of value: Double) -> Int {
    if zeroBin, value <= 0 { return 0 }
    let position = min(bins - 1, max(0, Int(value * Double(bins))))
    return zeroBin ? position + 1 : position
  }

  /// A bin's centre, from which its offsets count.
  public func centre(of bin: Int) -> Double {
    if zeroBin, bin == 0 { return 0 }
    return (Double(zeroBin ? bin - 1 : bin) + 0.5) / Double(bins)
  }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(3, operands)
    try expectBins(operands, count: binCount)
    return TensorType([1], operands[0].element)
  }

  /// Predictions only: values and weights are data.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    rule.contribute(
      try rule.apply(
        BinnedRegressionGradient(loss: self),
        to: [try rule.operand(0), try rule.operand(1), try rule.operand(2), rule.given]), to: 0)
  }

  /// With and without a bin for 0.
  public static var samples: [OperationSample] {
    [true, false].map { zeroBin in
      let loss = BinnedRegression(bins: 4, zeroBin: zeroBin)
      return OperationSample(
        loss, [[2, 3, 5, 2 * loss.binCount], [2, 3, 5, 1], [2, 3, 5, 1]],
        [0: .numbers(-2...2), 1: .numbers(-0.3...1), 2: .numbers(0...1)])
    }
  }
}

extension OperationAttributes {
  /// Checks predictions, values and weights.
  func expectBins(_ operands: [TensorType], count: Int) throws(OperandError) {
    let predictions = try expectImage(operands[0])
    let pixels: TensorShape = [predictions[0], predictions[1], predictions[2], 1]
    try expect(operands[1], pixels, "the values")
    try expect(operands[2], pixels, "the weights")
    guard count > 1, predictions.channels == 2 * count else {
      throw OperandError(
        code: .operandType, message: "\(predictions.channels) channels for \(count) bins")
    }
  }
}
