public import Tensors

/// The gradient with respect to what a `MaxPooling` pooled: each maximum's goes to its place.
///
/// Operands: the gradient with respect to the maxima `[N, ceil(H / SH), ceil(W / SW), C]`, and the
/// places that the pooling stored, of the same shape: in windows one below the other, maxima in the same
/// row are the same element. Result: `[N, H, W, C]`, H x W being the size of the images.
public struct MaxPoolingGradient: OperationAttributes {
  /// `.maxPoolingGradient`.
  public static let kind = Operation.Kind.maxPoolingGradient
  /// The window, and the size of the images that it slid over.
  public var window: SlidingWindow

  /// See the property.
  public init(_ window: SlidingWindow) {
    self.window = window
  }

  /// The operation with these attributes.
  public var operation: Operation { .maxPoolingGradient(self) }

  /// The attributes for people.
  public var words: [String] { windowWords(window.kernel, window.stride) + ["to \(window.size)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(2, operands)
    let type = try expectWindowed(operands[0], window)
    try expect(operands[1], operands[0].shape, "the places")
    return type
  }

  /// Places that lie within every window.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        MaxPoolingGradient(
          SlidingWindow(kernel: Extent(3, 3), stride: Extent(1, 2), over: Extent(4, 9))),
        [[2, 4, 5, 3], [2, 4, 5, 3]], [1: .whole(4...4)]),
      OperationSample(
        MaxPoolingGradient(
          SlidingWindow(kernel: Extent(2, 3), stride: Extent(2, 3), over: Extent(6, 9))),
        [[1, 3, 3, 17], [1, 3, 3, 17]], [1: .whole(0...5)]),
    ]
  }
}
