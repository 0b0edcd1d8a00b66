public import Tensors

/// Mean over a sliding window with SAME padding; padding does not count.
///
/// Operand: image `[N, H, W, C]`. Result: `[N, ceil(H / SH), ceil(W / SW), C]`.
public struct AveragePooling: OperationAttributes {
  /// `.averagePooling`.
  public static let kind = Operation.Kind.averagePooling
  /// Size of the window.
  public var kernel: Extent
  /// Steps of the window.
  public var stride: Extent

  /// A pooling; see the properties.
  public init(kernel: Extent, stride: Extent) {
    self.kernel = kernel
    self.stride = stride
  }

  /// The operation with these attributes.
  public var operation: Operation { .averagePooling(self) }

  /// The attributes for people.
  public var words: [String] { windowWords(kernel, stride) }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(1, operands)
    try expectWindow(kernel, stride)
    let input = try expectImage(operands[0])
    let rows = SamePadding(size: input[1], kernel: kernel.height, stride: stride.height)
    let columns = SamePadding(size: input[2], kernel: kernel.width, stride: stride.width)
    return TensorType(
      [input[0], rows.outputSize, columns.outputSize, input.channels], operands[0].element)
  }

  /// Each cell of a window has its share.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    let size = rule.types[0].shape
    let gradient = AveragePoolingGradient(
      SlidingWindow(kernel: kernel, stride: stride, over: Extent(size[1], size[2])))
    rule.contribute(try rule.apply(gradient, to: [rule.given]), to: 0)
  }

  /// Odd and even sizes.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        AveragePooling(kernel: Extent(3, 3), stride: Extent(1, 2)), [[2, 5, 10, 3]]),
      OperationSample(AveragePooling(kernel: Extent(2, 3), stride: Extent(2, 1)), [[1, 5, 7, 9]]),
    ]
  }
}
