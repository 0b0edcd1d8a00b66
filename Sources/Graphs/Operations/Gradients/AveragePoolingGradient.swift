public import Tensors

/// The gradient with respect to what an `AveragePooling` pooled.
///
/// Operand: the gradient with respect to the means `[N, ceil(H / SH), ceil(W / SW), C]`. Result:
/// `[N, H, W, C]`, H x W being the size of the images.
public struct AveragePoolingGradient: OperationAttributes {
  /// `.averagePoolingGradient`.
  public static let kind = Operation.Kind.averagePoolingGradient
  /// The window, and the size of the images that it slid over.
  public var window: SlidingWindow

  /// See the property.
  public init(_ window: SlidingWindow) {
    self.window = window
  }

  /// The operation with these attributes.
  public var operation: Operation { .averagePoolingGradient(self) }

  /// The attributes for people.
  public var words: [String] { windowWords(window.kernel, window.stride) + ["to \(window.size)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    return try expectWindowed(operands[0], window)
  }

  /// Odd and even sizes.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        AveragePoolingGradient(
          SlidingWindow(kernel: Extent(3, 3), stride: Extent(1, 2), over: Extent(5, 10))),
        [[2, 5, 5, 3]]),
      OperationSample(
        AveragePoolingGradient(
          SlidingWindow(kernel: Extent(2, 3), stride: Extent(2, 1), over: Extent(5, 7))),
        [[1, 3, 7, 9]]),
    ]
  }
}
