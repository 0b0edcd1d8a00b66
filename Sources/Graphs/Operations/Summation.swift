public import Tensors

/// The sum over all pixels, or over each pixel's channels.
///
/// Operand: `[..., C]`. Result: `[C]` over the pixels, `[..., 1]` over the channels.
public enum Summation: String, OperationAttributes {
  /// `.summation`.
  public static let kind = Operation.Kind.summation
  /// One sum for each channel.
  case pixels
  /// One sum for each pixel.
  case channels

  /// The operation with these attributes.
  public var operation: Operation { .summation(self) }

  /// The attributes for people.
  public var words: [String] { ["over \(rawValue)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    var shape = operands[0].shape
    guard shape.rank > 0 else {
      throw OperandError(code: .operandType, message: "\(shape) has no channels")
    }
    switch self {
    case .pixels: shape = [shape.channels]
    case .channels: shape[shape.rank - 1] = 1
    }
    return TensorType(shape, operands[0].element)
  }

  /// Each element gets the gradient of the sum that it is a part of.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    let zeros = try rule.apply(Scaling(factor: 0), to: [try rule.operand(0)])
    rule.contribute(try rule.apply(Combination.sum, to: [zeros, rule.given]), to: 0)
  }

  /// Both ways, and more pixels than are summed at once.
  public static var samples: [OperationSample] {
    [
      OperationSample(Summation.pixels, [[2, 3, 5, 7]]),
      OperationSample(Summation.pixels, [[1, 40, 50, 16]]),
      OperationSample(Summation.channels, [[2, 3, 5, 7]]),
    ]
  }
}
