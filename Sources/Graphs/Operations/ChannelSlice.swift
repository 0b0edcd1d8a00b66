public import Tensors

/// Some adjacent channels.
///
/// Operand: `[..., C]`. Result: `[..., count]`.
public struct ChannelSlice: OperationAttributes {
  /// `.channelSlice`.
  public static let kind = Operation.Kind.channelSlice
  /// Nothing is computed.
  public static let takesBytes = true
  /// The first channel taken.
  public var first: Int
  /// How many are taken.
  public var count: Int

  /// A slice; see the properties.
  public init(first: Int, count: Int) {
    self.first = first
    self.count = count
  }

  /// The operation with these attributes.
  public var operation: Operation { .channelSlice(self) }

  /// The attributes for people.
  public var words: [String] { ["\(first)..<\(first + count)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    var image = operands[0].shape
    guard image.rank > 0, first >= 0, count > 0, first <= image.channels - count else {
      throw OperandError(
        code: .operandType,
        message: "\(count) channels from \(first) on are not among \(image.channels)")
    }
    image[image.rank - 1] = count
    return operands[0].with(shape: image)
  }

  /// Memory traffic only.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    Cost(bytes: 2 * result.byteCount)
  }

  /// Zeros beside the slice, unless it is the maxima that a pooling stores with their places.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    if let (pooling, packed) = rule.storingPooling {
      let size = packed.type.shape
      let places = try rule.apply(
        ChannelSlice(first: count, count: count), to: [try rule.operand(0)])
      let gradient = MaxPoolingGradient(
        SlidingWindow(
          kernel: pooling.kernel, stride: pooling.stride, over: Extent(size[1], size[2])))
      rule.contribute(try rule.apply(gradient, to: [rule.given, places]), to: packed.value)
    } else {
      let embedding = ChannelEmbedding(first: first, of: rule.types[0].shape.channels)
      rule.contribute(try rule.apply(embedding, to: [rule.given]), to: 0)
    }
  }

  /// Front, middle and end.
  public static var samples: [OperationSample] {
    [(0, 3), (2, 3), (5, 1)].map { first, count in
      OperationSample(.channelSlice(ChannelSlice(first: first, count: count)), [[2, 3, 5, 6]])
    } + [OperationSample(.channelSlice(ChannelSlice(first: 4, count: 4)), [[8]])]
  }
}
