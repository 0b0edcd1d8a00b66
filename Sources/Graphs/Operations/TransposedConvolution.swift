public import Tensors

/// Two-dimensional transposed convolution, cropped to `stride` times the input's size.
///
/// Operands: input `[N, H, W, I]`, weights `[KH, KW, I, O]`, then the epilogue's. Result:
/// `[N, H * SH, W * SW, O]`; input column i adds its product with weight column k to output column
/// `i * SW + k - crop`, crop = (KW - SW) / 2 (TensorFlow's `conv2d_transpose`, SAME).
public struct TransposedConvolution: OperationAttributes {
  /// Size of the window; the weights repeat it.
  public var kernel: Extent
  /// Steps of the window in the result.
  public var stride: Extent
  /// What happens to each sum.
  public var epilogue: Epilogue

  /// A transposed convolution; see the properties.
  public init(kernel: Extent, stride: Extent, epilogue: Epilogue = Epilogue()) {
    self.kernel = kernel
    self.stride = stride
    self.epilogue = epilogue
  }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(2 + epilogue.operandCount, operands)
    try expectWindow(kernel, stride)
    let input = try expectImage(operands[0])
    let weights = operands[1].shape
    guard weights.rank == 4 else {
      throw OperandError(code: .operandType, message: "weights \(weights) are not of rank 4")
    }
    try expect(
      operands[1], [kernel.height, kernel.width, input.channels, weights.channels], "weights")
    let result: TensorShape = [
      input[0], input[1] * stride.height, input[2] * stride.width, weights.channels,
    ]
    for (operand, shape) in zip(operands.dropFirst(2), epilogue.operandShapes(result: result)) {
      try expect(operand, shape, "an epilogue operand")
    }
    return TensorType(result, operands[0].element)
  }

  /// Multiply-accumulates of the taps that meet each output.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    Cost(
      multiplyAccumulates: operands[0].shape.count * result.shape.channels * kernel.height
        * kernel.width,
      bytes: elementBytes(operands, result))
  }

  /// The 1x4 up-sampling of the networks, and other windows.
  public static var samples: [OperationSample] {
    [
      OperationSample(
        .transposedConvolution(
          TransposedConvolution(
            kernel: Extent(1, 4), stride: Extent(1, 2), epilogue: Epilogue(activation: .relu))),
        [[2, 3, 5, 3], [1, 4, 3, 4], [4]]),
      OperationSample(
        .transposedConvolution(
          TransposedConvolution(
            kernel: Extent(1, 4), stride: Extent(1, 2),
            epilogue: Epilogue(bias: true, activation: .relu, affine: true, addend: true))),
        [[1, 2, 1, 17], [1, 4, 17, 9], [9], [9], [9], [1, 2, 2, 9]]),
      OperationSample(
        .transposedConvolution(
          TransposedConvolution(
            kernel: Extent(4, 3), stride: Extent(2, 1), epilogue: Epilogue(bias: false))),
        [[2, 3, 4, 2], [4, 3, 2, 5]]),
    ]
  }
}
