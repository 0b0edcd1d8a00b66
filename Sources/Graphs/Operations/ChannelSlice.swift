public import Tensors

/// Some adjacent channels of an image.
///
/// Operand: image `[N, H, W, C]`. Result: `[N, H, W, count]`.
public struct ChannelSlice: OperationAttributes {
  /// The first channel taken.
  public var first: Int
  /// How many are taken.
  public var count: Int

  /// A slice; see the properties.
  public init(first: Int, count: Int) {
    self.first = first
    self.count = count
  }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    var image = try expectImage(operands[0])
    guard first >= 0, count > 0, first <= image.channels - count else {
      throw OperandError(
        code: .operandType,
        message: "\(count) channels from \(first) on are not among \(image.channels)")
    }
    image[3] = count
    return TensorType(image, operands[0].element)
  }

  /// Memory traffic only.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    Cost(bytes: 2 * result.byteCount)
  }

  /// Front, middle and end.
  public static var samples: [OperationSample] {
    [(0, 3), (2, 3), (5, 1)].map { first, count in
      OperationSample(.channelSlice(ChannelSlice(first: first, count: count)), [[2, 3, 5, 6]])
    }
  }
}
