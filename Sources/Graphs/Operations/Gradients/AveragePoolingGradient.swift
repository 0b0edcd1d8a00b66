public import Tensors

/// The gradient with respect to what an `AveragePooling` pooled.
///
/// Operand: the gradient with respect to the means `[N, ceil(H / SH), ceil(W / SW), C]`. Result:
/// `[N, H, W, C]`, H x W being `size`.
public struct AveragePoolingGradient: OperationAttributes {
  /// `.averagePoolingGradient`.
  public static let kind = Operation.Kind.averagePoolingGradient
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
  public var operation: Operation { .averagePoolingGradient(self) }

  /// The attributes for people.
  public var words: [String] { windowWords(kernel, stride) + ["to \(size)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    return try expectWindowed(operands[0], kernel, stride, over: size)
  }

  /// Odd and even sizes.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        AveragePoolingGradient(kernel: Extent(3, 3), stride: Extent(1, 2), size: Extent(5, 10)),
        [[2, 5, 5, 3]]),
      OperationSample(
        AveragePoolingGradient(kernel: Extent(2, 3), stride: Extent(2, 1), size: Extent(5, 7)),
        [[1, 3, 7, 9]]),
    ]
  }
}
