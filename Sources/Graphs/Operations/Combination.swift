public import Tensors

/// Sum, difference or product of two tensors, element by element.
///
/// Operands: `[..., C]` and a second of the same shape, of shape `[C]` (one value per channel), or
/// of the first's shape with one channel (one value per pixel). Result: the first operand's type.
public enum Combination: String, OperationAttributes {
  /// `.combination`.
  public static let kind = Operation.Kind.combination
  /// a + b
  case sum
  /// a - b
  case difference
  /// a * b
  case product

  /// How the second operand meets the first.
  public enum Broadcast: Sendable {
    /// One value per element.
    case elements
    /// One value per channel.
    case channels
    /// One value per pixel.
    case pixels
  }

  /// How a second operand of the given shape meets a first one.
  public static func broadcast(_ second: TensorShape, to first: TensorShape) -> Broadcast? {
    if second == first { return .elements }
    if second == [first.channels] { return .channels }
    var pixels = first
    pixels[first.rank - 1] = 1
    return second == pixels ? .pixels : nil
  }

  /// The operation with these attributes.
  public var operation: Operation { .combination(self) }

  /// The attributes for people.
  public var words: [String] { [rawValue] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(2, operands)
    guard Self.broadcast(operands[1].shape, to: operands[0].shape) != nil else {
      throw OperandError(
        code: .operandType,
        message:
          "\(operands[1].shape) is neither \(operands[0].shape), nor its channels, nor its pixels")
    }
    return operands[0]
  }

  /// One multiply-add per element.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    Cost(multiplyAccumulates: result.shape.count, bytes: elementBytes(operands, result))
  }

  /// What the second operand was spread over is summed again.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    let given = rule.given
    switch self {
    case .sum, .difference:
      rule.contribute(given, to: 0)
      guard rule.isWanted(1) else { return }
      let second = try gathered(given, in: &rule)
      rule.contribute(
        self == .sum ? second : try rule.apply(Scaling(factor: -1), to: [second]), to: 1)
    case .product:
      if rule.isWanted(0) {
        rule.contribute(
          try rule.apply(Combination.product, to: [given, try rule.operand(1)]), to: 0)
      }
      guard rule.isWanted(1) else { return }
      let products = try rule.apply(Combination.product, to: [given, try rule.operand(0)])
      rule.contribute(try gathered(products, in: &rule), to: 1)
    }
  }

  private func gathered(
    _ value: Graph.Value, in rule: inout GradientRule
  ) throws(GraphError) -> Graph.Value {
    switch Self.broadcast(rule.types[1].shape, to: rule.types[0].shape) {
    case .elements, nil: value
    case .channels: try rule.apply(Summation.pixels, to: [value])
    case .pixels: try rule.apply(Summation.channels, to: [value])
    }
  }

  /// Every function and every way to meet.
  public static var samples: [OperationSample] {
    [Combination.sum, .difference, .product].flatMap { function in
      [
        OperationSample(.combination(function), [[2, 3, 5, 7], [2, 3, 5, 7]]),
        OperationSample(.combination(function), [[2, 3, 5, 7], [7]]),
        OperationSample(.combination(function), [[2, 3, 5, 7], [2, 3, 5, 1]]),
        OperationSample(.combination(function), [[5], [5]]),
      ]
    }
  }
}
