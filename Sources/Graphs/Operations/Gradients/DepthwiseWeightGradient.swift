public import Tensors

/// The gradient with respect to a depthwise convolution's weights.
///
/// Operands: its input `[N, H, W, C]`, the gradient with respect to its result
/// `[N, ceil(H / SH), ceil(W / SW), C]`. Result: `[KH, KW, C]`.
public struct DepthwiseWeightGradient: OperationAttributes {
  /// `.depthwiseWeightGradient`.
  public static let kind = Operation.Kind.depthwiseWeightGradient
  /// Size of the window.
  public var kernel: Extent
  /// Steps of the window.
  public var stride: Extent

  /// See the properties.
  public init(kernel: Extent, stride: Extent) {
    self.kernel = kernel
    self.stride = stride
  }

  /// The operation with these attributes.
  public var operation: Operation { .depthwiseWeightGradient(self) }

  /// The attributes for people.
  public var words: [String] { windowWords(kernel, stride) }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(2, operands)
    let input = try expectImage(operands[0])
    let type = try expectWindowed(
      operands[1],
      SlidingWindow(kernel: kernel, stride: stride, over: Extent(input[1], input[2])))
    try expect(operands[0], type.shape, "the input")
    return TensorType([kernel.height, kernel.width, input.channels], operands[0].element)
  }

  /// With and without steps.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        DepthwiseWeightGradient(kernel: Extent(3, 3), stride: .one), [[2, 4, 7, 5], [2, 4, 7, 5]]),
      OperationSample(
        DepthwiseWeightGradient(kernel: Extent(5, 3), stride: Extent(1, 2)),
        [[1, 5, 8, 9], [1, 5, 4, 9]]),
    ]
  }
}
