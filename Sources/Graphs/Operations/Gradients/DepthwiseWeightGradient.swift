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
  /// Distances from one cell of the window to the next.
  public var dilation: Extent

  /// See the properties.
  public init(kernel: Extent, stride: Extent, dilation: Extent = .one) {
    self.kernel = kernel
    self.stride = stride
    self.dilation = dilation
  }

  /// The operation with these attributes.
  public var operation: Operation { .depthwiseWeightGradient(self) }

  /// The attributes for people.
  public var words: [String] { windowWords(kernel, stride, dilation: dilation) }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(2, operands)
    let input = try expectImage(operands[0])
    let type = try expectWindowed(
      operands[1],
      SlidingWindow(
        kernel: kernel, stride: stride, dilation: dilation, over: Extent(input[1], input[2])))
    try expect(operands[0], type.shape, "the input")
    return TensorType([kernel.height, kernel.width, input.channels], operands[0].element)
  }

  /// With and without steps and dilation.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        DepthwiseWeightGradient(kernel: Extent(3, 3), stride: .one), [[2, 4, 7, 5], [2, 4, 7, 5]]),
      OperationSample(
        DepthwiseWeightGradient(kernel: Extent(5, 3), stride: Extent(1, 2)),
        [[1, 5, 8, 9], [1, 5, 4, 9]]),
      OperationSample(
        DepthwiseWeightGradient(kernel: Extent(3, 3), stride: .one, dilation: Extent(2, 3)),
        [[2, 6, 7, 17], [2, 6, 7, 17]]),
    ]
  }
}
