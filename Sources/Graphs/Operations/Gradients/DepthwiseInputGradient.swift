public import Tensors

/// The gradient with respect to a depthwise convolution's input.
///
/// Operands: the gradient with respect to its result `[N, ceil(H / SH), ceil(W / SW), C]`, weights
/// `[KH, KW, C]`. Result: `[N, H, W, C]`, H x W being `size`.
public struct DepthwiseInputGradient: OperationAttributes {
  /// `.depthwiseInputGradient`.
  public static let kind = Operation.Kind.depthwiseInputGradient
  /// Size of the window.
  public var kernel: Extent
  /// Steps of the window.
  public var stride: Extent
  /// Rows and columns of the image that the window slid over.
  public var size: Extent

  /// See the properties.
  public init(kernel: Extent, stride: Extent, size: Extent) {
    self.kernel = kernel
    self.stride = stride
    self.size = size
  }

  /// The operation with these attributes.
  public var operation: Operation { .depthwiseInputGradient(self) }

  /// The attributes for people.
  public var words: [String] { windowWords(kernel, stride) + ["to \(size)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(2, operands)
    let type = try expectWindowed(operands[0], kernel, stride, over: size)
    try expect(operands[1], [kernel.height, kernel.width, type.shape.channels], "weights")
    return type
  }

  /// With and without steps.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        DepthwiseInputGradient(kernel: Extent(3, 3), stride: .one, size: Extent(4, 7)),
        [[2, 4, 7, 5], [3, 3, 5]]),
      OperationSample(
        DepthwiseInputGradient(kernel: Extent(5, 3), stride: Extent(1, 2), size: Extent(5, 8)),
        [[1, 5, 4, 9], [5, 3, 9]]),
    ]
  }
}
