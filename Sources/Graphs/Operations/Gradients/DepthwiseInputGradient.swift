public import Tensors

/// The gradient with respect to a depthwise convolution's input.
///
/// Operands: the gradient with respect to its result `[N, ceil(H / SH), ceil(W / SW), C]`, weights
/// `[KH, KW, C]`. Result: `[N, H, W, C]`, H x W being the size of the images.
public struct DepthwiseInputGradient: OperationAttributes {
  /// `.depthwiseInputGradient`.
  public static let kind = Operation.Kind.depthwiseInputGradient
  /// The window, and the size of the images that it slid over.
  public var window: SlidingWindow

  /// See the property.
  public init(_ window: SlidingWindow) {
    self.window = window
  }

  /// The operation with these attributes.
  public var operation: Operation { .depthwiseInputGradient(self) }

  /// The attributes for people.
  public var words: [String] {
    windowWords(window.kernel, window.stride, dilation: window.dilation) + ["to \(window.size)"]
  }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(2, operands)
    let type = try expectWindowed(operands[0], window)
    try expect(
      operands[1], [window.kernel.height, window.kernel.width, type.shape.channels], "weights")
    return type
  }

  /// With and without steps and dilation.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        DepthwiseInputGradient(
          SlidingWindow(kernel: Extent(3, 3), stride: .one, over: Extent(4, 7))),
        [[2, 4, 7, 5], [3, 3, 5]]),
      OperationSample(
        DepthwiseInputGradient(
          SlidingWindow(kernel: Extent(5, 3), stride: Extent(1, 2), over: Extent(5, 8))),
        [[1, 5, 4, 9], [5, 3, 9]]),
      OperationSample(
        DepthwiseInputGradient(
          SlidingWindow(
            kernel: Extent(3, 3), stride: .one, dilation: Extent(2, 3), over: Extent(6, 7))),
        [[2, 6, 7, 17], [3, 3, 17]]),
    ]
  }
}
