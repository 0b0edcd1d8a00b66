public import Tensors

/// A convolution of each channel by itself, with SAME padding.
///
/// Operands: image `[N, H, W, C]`, weights `[KH, KW, C]`. Result:
/// `[N, ceil(H / SH), ceil(W / SW), C]`.
public struct DepthwiseConvolution: OperationAttributes {
  /// `.depthwiseConvolution`.
  public static let kind = Operation.Kind.depthwiseConvolution
  /// Size of the window; the weights repeat it.
  public var kernel: Extent
  /// Steps of the window.
  public var stride: Extent

  /// A convolution; see the properties.
  public init(kernel: Extent, stride: Extent = .one) {
    self.kernel = kernel
    self.stride = stride
  }

  /// The operation with these attributes.
  public var operation: Operation { .depthwiseConvolution(self) }

  /// The attributes for people.
  public var words: [String] { windowWords(kernel, stride) }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(2, operands)
    try expectWindow(kernel, stride)
    let input = try expectImage(operands[0])
    try expect(operands[1], [kernel.height, kernel.width, input.channels], "weights")
    let rows = SamePadding(size: input[1], kernel: kernel.height, stride: stride.height)
    let columns = SamePadding(size: input[2], kernel: kernel.width, stride: stride.width)
    return TensorType(
      [input[0], rows.outputSize, columns.outputSize, input.channels], operands[0].element)
  }

  /// Multiply-accumulates of the full window at every position.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    Cost(
      multiplyAccumulates: result.shape.count * kernel.height * kernel.width,
      bytes: elementBytes(operands, result))
  }

  /// Each operand's gradient is an operation of its own.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    let size = rule.types[0].shape
    if rule.isWanted(0) {
      let gradient = DepthwiseInputGradient(
        SlidingWindow(kernel: kernel, stride: stride, over: Extent(size[1], size[2])))
      rule.contribute(try rule.apply(gradient, to: [rule.given, try rule.operand(1)]), to: 0)
    }
    if rule.isWanted(1) {
      let gradient = DepthwiseWeightGradient(kernel: kernel, stride: stride)
      rule.contribute(try rule.apply(gradient, to: [try rule.operand(0), rule.given]), to: 1)
    }
  }

  /// With and without steps.
  public static var samples: [OperationSample] {
    [
      OperationSample(DepthwiseConvolution(kernel: Extent(3, 3)), [[2, 4, 7, 5], [3, 3, 5]]),
      OperationSample(
        DepthwiseConvolution(kernel: Extent(5, 3), stride: Extent(1, 2)),
        [[1, 5, 8, 9], [5, 3, 9]]),
    ]
  }
}
