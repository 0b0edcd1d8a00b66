public import Tensors

/// Channels dealt out anew: of `G` groups of `C / G` adjacent channels first the first of each, then
/// the second of each, and so on (Zhang et al., arXiv 1707.01083, section 3.1).
///
/// Operand and result: `[..., C]`; channel `i` of the result is channel `i mod G * C / G + i / G` of the
/// operand.
public struct ChannelShuffle: OperationAttributes {
  /// `.channelShuffle`.
  public static let kind = Operation.Kind.channelShuffle
  /// How many groups there are; they divide the channels.
  public var groupCount: Int

  /// See the property.
  public init(groupCount: Int) {
    self.groupCount = groupCount
  }

  /// The operation with these attributes.
  public var operation: Operation { .channelShuffle(self) }

  /// The attributes for people.
  public var words: [String] { ["\(groupCount) groups"] }

  /// The operand's channel that a channel of the result is.
  package func source(ofChannel channel: Int, of count: Int) -> Int {
    channel % groupCount * (count / groupCount) + channel / groupCount
  }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    let shape = operands[0].shape
    guard shape.rank > 0, groupCount > 0, shape.channels % groupCount == 0 else {
      throw OperandError(
        code: .operandType, message: "\(shape) does not divide into \(groupCount) groups")
    }
    return operands[0]
  }

  /// Dealt back by as many groups as there are channels in each.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    let back = ChannelShuffle(groupCount: rule.types[0].shape.channels / groupCount)
    rule.contribute(try rule.apply(back, to: [rule.given]), to: 0)
  }

  /// Few and many groups.
  public static var samples: [OperationSample] {
    [
      OperationSample(ChannelShuffle(groupCount: 2), [[2, 3, 5, 6]]),
      OperationSample(ChannelShuffle(groupCount: 5), [[1, 3, 4, 35]]),
    ]
  }
}
