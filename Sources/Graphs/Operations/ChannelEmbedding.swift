public import Tensors

/// Channels set among zeros: what `ChannelSlice` cuts out, put back.
///
/// Operand: `[..., C]`. Result: `[..., count]`.
public struct ChannelEmbedding: OperationAttributes {
  /// `.channelEmbedding`.
  public static let kind = Operation.Kind.channelEmbedding
  /// Where the operand's first channel goes.
  public var first: Int
  /// How many channels there are in all.
  public var count: Int

  /// An embedding; see the properties.
  public init(first: Int, of count: Int) {
    self.first = first
    self.count = count
  }

  /// The operation with these attributes.
  public var operation: Operation { .channelEmbedding(self) }

  /// The attributes for people.
  public var words: [String] { ["from \(first) of \(count)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    var shape = operands[0].shape
    guard shape.rank > 0, first >= 0, first <= count - shape.channels else {
      throw OperandError(
        code: .operandType, message: "\(shape.channels) channels from \(first) on exceed \(count)")
    }
    shape[shape.rank - 1] = count
    return TensorType(shape, operands[0].element)
  }

  /// Front, middle and end.
  public static var samples: [OperationSample] {
    [(0, 3), (2, 6), (4, 7)].map { first, count in
      OperationSample(ChannelEmbedding(first: first, of: count), [[2, 3, 5, 3]])
    }
  }
}
