public import Tensors

/// The gradient with respect to a convolution's weights.
///
/// Operands: the convolution's input `[N, H, W, I]`, the gradient with respect to its sums
/// `[N, ceil(H / SH), ceil(W / SW), O]`. Result: `[KH, KW, I, O]`, the sum over all positions of the
/// input under each tap times the gradient.
public struct ConvolutionWeightGradient: OperationAttributes {
  /// `.convolutionWeightGradient`.
  public static let kind = Operation.Kind.convolutionWeightGradient
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
  public var operation: Operation { .convolutionWeightGradient(self) }

  /// The attributes for people.
  public var words: [String] { windowWords(kernel, stride) }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(2, operands)
    try expectWindow(kernel, stride)
    let (input, given) = (try expectImage(operands[0]), try expectImage(operands[1]))
    let rows = SamePadding(size: input[1], kernel: kernel.height, stride: stride.height)
    let columns = SamePadding(size: input[2], kernel: kernel.width, stride: stride.width)
    try expect(
      operands[1], [input[0], rows.outputSize, columns.outputSize, given.channels], "the gradient")
    return TensorType(
      [kernel.height, kernel.width, input.channels, given.channels], operands[0].element)
  }

  /// As many multiply-accumulates as the convolution has.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    Cost(
      multiplyAccumulates: operands[1].shape.count * kernel.height * kernel.width
        * operands[0].shape.channels,
      bytes: elementBytes(operands, result))
  }

  /// Pointwise, 3x3 and strided.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        ConvolutionWeightGradient(kernel: .one, stride: .one), [[2, 3, 5, 17], [2, 3, 5, 9]]),
      OperationSample(
        ConvolutionWeightGradient(kernel: Extent(3, 3), stride: .one),
        [[2, 4, 7, 3], [2, 4, 7, 5]]),
      OperationSample(
        ConvolutionWeightGradient(kernel: Extent(3, 3), stride: Extent(1, 2)),
        [[2, 4, 9, 6], [2, 4, 5, 33]]),
      OperationSample(
        ConvolutionWeightGradient(kernel: Extent(1, 4), stride: Extent(1, 2)),
        [[1, 3, 10, 4], [1, 3, 5, 3]]),
      OperationSample(
        ConvolutionWeightGradient(kernel: Extent(5, 3), stride: Extent(2, 1)),
        [[2, 7, 6, 4], [2, 4, 6, 7]]),
    ]
  }
}
