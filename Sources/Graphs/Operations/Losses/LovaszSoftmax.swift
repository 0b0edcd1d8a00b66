public import Tensors

/// The Lovasz extension of the Jaccard loss over the softmax of scores: a surrogate of 1 - mIoU.
///
/// Operands: scores `[N, H, W, C]`, labels `[N, H, W, 1]` (class positions), weights `[N, H, W, 1]`
/// (pixels with 0, or a label outside of `0..<C`, do not count). Result: `[1]`, the sum over the images
/// of the mean over the classes that occur in the image (Berman et al., arXiv 1705.08790, eq. 11 and
/// algorithm 1); an image without any is 0. By image rather than by batch, so that a batch may be
/// split among machines.
public struct LovaszSoftmax: OperationAttributes {
  /// `.lovaszSoftmax`.
  public static let kind = Operation.Kind.lovaszSoftmax
  /// It has no attributes.
  public init() {}

  /// The operation with these attributes.
  public var operation: Operation { .lovaszSoftmax(self) }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(3, operands)
    try expectScores(operands)
    return TensorType([1], operands[0].element)
  }

  /// Scores only: labels and weights are data.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    rule.contribute(
      try rule.apply(
        LovaszSoftmaxGradient(),
        to: [
          try rule.operand(0), try rule.operand(1), try rule.operand(2), rule.given,
        ]), to: 0)
  }

  /// Ignored labels and pixels among them, and one image without any that counts.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        LovaszSoftmax(), [[2, 3, 5, 4], [2, 3, 5, 1], [2, 3, 5, 1]],
        [0: .numbers(-3...3), 1: .whole(-1...3), 2: .whole(0...1)]),
      OperationSample(
        LovaszSoftmax(), [[1, 2, 3, 2], [1, 2, 3, 1], [1, 2, 3, 1]], [2: .whole(0...0)]),
    ]
  }
}
