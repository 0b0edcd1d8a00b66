public import Tensors

/// Maximum over a sliding window with SAME padding; padding never wins.
///
/// Operand: image `[N, H, W, C]`. Result: `[N, ceil(H / SH), ceil(W / SW), C]`; where the places are
/// stored, `2 C` channels: the maxima, then for each its place in the window, row by row, the first
/// of several equal ones.
public struct MaxPooling: OperationAttributes {
  /// `.maxPooling`.
  public static let kind = Operation.Kind.maxPooling
  /// Bytes grow with what they stand for.
  public static let takesBytes = true
  /// Size of the window.
  public var kernel: Extent
  /// Steps of the window.
  public var stride: Extent
  /// Whether the place of each maximum is part of the result, for the way back.
  public var storesPlaces: Bool

  /// A pooling; see the properties.
  public init(kernel: Extent, stride: Extent, storesPlaces: Bool = false) {
    self.kernel = kernel
    self.stride = stride
    self.storesPlaces = storesPlaces
  }

  /// The operation with these attributes.
  public var operation: Operation { .maxPooling(self) }

  /// The attributes for people.
  public var words: [String] { windowWords(kernel, stride) + (storesPlaces ? ["places"] : []) }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    try expectWindow(kernel, stride)
    let input = try expectImage(operands[0])
    guard !(storesPlaces && operands[0].element == .uint8) else {
      throw OperandError(code: .operandType, message: "places do not fit into bytes")
    }
    return operands[0].with(
      shape: [
        input[0],
        SamePadding(size: input[1], kernel: kernel.height, stride: stride.height).outputSize,
        SamePadding(size: input[2], kernel: kernel.width, stride: stride.width).outputSize,
        storesPlaces ? 2 * input.channels : input.channels,
      ])
  }

  /// Only poolings that store the places of their maxima have a way back; see `ChannelSlice`.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    throw rule.refusal("the places of the maxima are not stored")
  }

  /// The 3x3 and 7x7 pools of the networks at odd sizes.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        .maxPooling(MaxPooling(kernel: Extent(3, 3), stride: Extent(1, 2))), [[2, 6, 10, 3]]),
      OperationSample(
        .maxPooling(MaxPooling(kernel: Extent(3, 3), stride: Extent(1, 2))), [[1, 5, 7, 17]]),
      OperationSample(.maxPooling(MaxPooling(kernel: Extent(7, 7), stride: .one)), [[2, 5, 9, 4]]),
      OperationSample(
        .maxPooling(MaxPooling(kernel: Extent(7, 7), stride: .one)), [[1, 70, 3, 8]]),
      OperationSample(
        .maxPooling(MaxPooling(kernel: Extent(2, 2), stride: Extent(2, 2))), [[1, 5, 5, 1]]),
      OperationSample(
        .maxPooling(MaxPooling(kernel: Extent(7, 7), stride: .one, storesPlaces: true)),
        [[2, 5, 9, 4]]),
      OperationSample(
        .maxPooling(MaxPooling(kernel: Extent(3, 3), stride: Extent(1, 2), storesPlaces: true)),
        // Whole numbers: many maxima are equal, and the first one counts.
        [[2, 5, 10, 9]], [0: .whole(0...2)]),
    ]
  }
}

extension MaxPooling {
  /// Reads attributes; places are stored only where that is said.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      kernel: try container.decode(Extent.self, forKey: .kernel),
      stride: try container.decode(Extent.self, forKey: .stride),
      storesPlaces: try container.decodeIfPresent(Bool.self, forKey: .storesPlaces) ?? false)
  }
}
