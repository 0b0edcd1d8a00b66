public import Tensors

/// Cross entropy of the softmax of scores, weighted by class and by pixel; with a focusing parameter
/// above 0, focal loss.
///
/// Operands: scores `[N, H, W, C]`, labels `[N, H, W, 1]` (class positions; anything outside of
/// `0..<C` is ignored), weights `[N, H, W, 1]`. Result: `[1]`,
/// `sum_i weight_i w_c (1 - p_i)^focusing (-log p_i)`, p being the probability of the label's class c
/// plus 1e-12 (Lin et al., arXiv 1708.02002, eq. 5; Wu et al., arXiv 1809.08495, section III-B). The
/// authors' loss has weights of 15 / count at the cells with a point, and 0 elsewhere.
public struct CrossEntropy: OperationAttributes {
  /// `.crossEntropy`.
  public static let kind = Operation.Kind.crossEntropy
  /// One weight per class.
  public var classWeights: [Double]
  /// How much sure classes count less; 0 for plain cross entropy.
  public var focusing: Double
  /// Added to each probability.
  package static let floor = 1e-12

  /// A loss; see the properties.
  public init(classWeights: [Double], focusing: Double = 0) {
    self.classWeights = classWeights
    self.focusing = focusing
  }

  /// The operation with these attributes.
  public var operation: Operation { .crossEntropy(self) }

  /// The attributes for people.
  public var words: [String] { focusing == 0 ? [] : ["focusing \(focusing)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(3, operands)
    try expectScores(operands, classes: classWeights.count)
    guard focusing >= 0, focusing.isFinite else {
      throw OperandError(code: .operandType, message: "focusing \(focusing) is not 0 or above")
    }
    return TensorType([1], operands[0].element)
  }

  /// Scores only: labels and weights are data.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    let gradient = CrossEntropyGradient(classWeights: classWeights, focusing: focusing)
    rule.contribute(
      try rule.apply(
        gradient,
        to: [
          try rule.operand(0), try rule.operand(1), try rule.operand(2), rule.given,
        ]), to: 0)
  }

  /// Plain and focal, ignored labels among them.
  public static var samples: [OperationSample] {
    [0, 2, 1.5].map { focusing in
      OperationSample(
        CrossEntropy(classWeights: [1 / 3.0, 1, 3.5, 3.5], focusing: focusing),
        [[2, 3, 5, 4], [2, 3, 5, 1], [2, 3, 5, 1]],
        [0: .numbers(-3...3), 1: .whole(-1...4), 2: .numbers(0...1)])
    }
  }
}

extension OperationAttributes {
  /// Checks scores, labels and weights.
  func expectScores(_ operands: [TensorType], classes: Int? = nil) throws(OperandError) {
    let scores = try expectImage(operands[0])
    let pixels: TensorShape = [scores[0], scores[1], scores[2], 1]
    try expect(operands[1], pixels, "the labels")
    try expect(operands[2], pixels, "the weights")
    guard classes ?? scores.channels == scores.channels else {
      throw OperandError(
        code: .operandType,
        message: "\(classes ?? 0) class weights for \(scores.channels) classes")
    }
  }
}
