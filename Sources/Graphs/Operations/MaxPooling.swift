public import Tensors

/// Maximum over a sliding window with SAME padding; padding never wins.
///
/// Operand: image `[N, H, W, C]`. Result: `[N, ceil(H / SH), ceil(W / SW), C]`.
public struct MaxPooling: OperationAttributes {
  /// Size of the window.
  public var kernel: Extent
  /// Steps of the window.
  public var stride: Extent

  /// A pooling; see the properties.
  public init(kernel: Extent, stride: Extent) {
    self.kernel = kernel
    self.stride = stride
  }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    try expectWindow(kernel, stride)
    let input = try expectImage(operands[0])
    return TensorType(
      [
        input[0],
        SamePadding(size: input[1], kernel: kernel.height, stride: stride.height).outputSize,
        SamePadding(size: input[2], kernel: kernel.width, stride: stride.width).outputSize,
        input.channels,
      ], operands[0].element)
  }

  /// Memory traffic only.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    Cost(bytes: elementBytes(operands, result))
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
    ]
  }
}
