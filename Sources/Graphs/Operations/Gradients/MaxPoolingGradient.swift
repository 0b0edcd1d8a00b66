public import Tensors

/// The gradient with respect to what a `MaxPooling` pooled: each maximum's goes to its place.
///
/// Operands: the gradient with respect to the maxima `[N, ceil(H / SH), ceil(W / SW), C]`, and the
/// places that the pooling stored, of the same shape. Result: `[N, H, W, C]`, H x W being `size`.
public struct MaxPoolingGradient: OperationAttributes {
  /// `.maxPoolingGradient`.
  public static let kind = Operation.Kind.maxPoolingGradient
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
  public var operation: Operation { .maxPoolingGradient(self) }

  /// The attributes for people.
  public var words: [String] { windowWords(kernel, stride) + ["to \(size)"] }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(2, operands)
    let type = try expectWindowed(operands[0], kernel, stride, over: size)
    try expect(operands[1], operands[0].shape, "the places")
    return type
  }

  /// Places that lie within every window.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        MaxPoolingGradient(kernel: Extent(3, 3), stride: Extent(1, 2), size: Extent(4, 9)),
        [[2, 4, 5, 3], [2, 4, 5, 3]], [1: .whole(4...4)]),
      OperationSample(
        MaxPoolingGradient(kernel: Extent(2, 3), stride: Extent(2, 3), size: Extent(6, 9)),
        [[1, 3, 3, 17], [1, 3, 3, 17]], [1: .whole(0...5)]),
    ]
  }
}
