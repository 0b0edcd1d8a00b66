public import Tensors

/// Two-dimensional transposed convolution, cropped to `size`: `stride` times the input's size unless
/// said otherwise.
///
/// Operands: input `[N, H, W, I]`, weights `[KH, KW, I, O]`, then the epilogue's. Result:
/// `[N, H * SH, W * SW, O]`; input column i adds its product with weight column k to output column
/// `i * SW + k - crop`, where the crop is the padding of a convolution from the result back to the
/// input (TensorFlow's `conv2d_transpose`, SAME): (KW - SW) / 2 for the usual size.
public struct TransposedConvolution: OperationAttributes {
  /// `.transposedConvolution`.
  public static let kind = Operation.Kind.transposedConvolution
  /// The image and what is added or multiplied; the weights are then rounded (`WeightRounding`).
  public static let takesBytes = true
  /// Size of the window; the weights repeat it.
  public var kernel: Extent
  /// Steps of the window in the result.
  public var stride: Extent
  /// Rows and columns of the result, of which a convolution with this window makes the input's; the
  /// input's times the steps if missing.
  public var size: Extent?
  /// What happens to each sum.
  public var epilogue: Epilogue

  /// A transposed convolution; see the properties.
  public init(
    kernel: Extent, stride: Extent, size: Extent? = nil, epilogue: Epilogue = Epilogue()
  ) {
    self.kernel = kernel
    self.stride = stride
    self.size = size
    self.epilogue = epilogue
  }

  /// The operation with these attributes.
  public var operation: Operation { .transposedConvolution(self) }

  /// The attributes for people.
  public var words: [String] {
    windowWords(kernel, stride) + (size.map { ["to \($0)"] } ?? []) + epilogue.words
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
    let size = resultSize(of: input)
    let (rows, columns) = crops(to: size)
    guard rows.outputSize == input[1], columns.outputSize == input[2] else {
      throw OperandError(
        code: .operandType,
        message: "steps of \(stride) over \(size) cells do not make \(input[1])x\(input[2])")
    }
    let result: TensorShape = [input[0], size.height, size.width, weights.channels]
    for (operand, shape) in zip(operands.dropFirst(2), epilogue.operandShapes(result: result)) {
      try expect(operand, shape, "an epilogue operand")
    }
    return epilogue.resultType(result, of: operands[0])
  }

  /// Rows and columns of the result for an input of the given shape.
  package func resultSize(of input: TensorShape) -> Extent {
    size ?? Extent(input[1] * stride.height, input[2] * stride.width)
  }

  /// How a result of the given size is cropped, as the padding of a convolution over it.
  package func crops(to size: Extent) -> (rows: SamePadding, columns: SamePadding) {
    (
      SamePadding(size: size.height, kernel: kernel.height, stride: stride.height),
      SamePadding(size: size.width, kernel: kernel.width, stride: stride.width)
    )
  }

  /// Multiply-accumulates of the taps that meet each output.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    Cost(
      multiplyAccumulates: operands[0].shape.count * result.shape.channels * kernel.height
        * kernel.width,
      bytes: elementBytes(operands, result))
  }

  /// The input's gradient is a convolution with exchanged weights.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    let given = try rule.given(through: epilogue)
    if rule.isWanted(0) {
      let exchanged = try rule.apply(
        KernelTransposition(isReversed: false), to: [try rule.operand(1)])
      let backward = Convolution(kernel: kernel, stride: stride, epilogue: Epilogue(bias: false))
      rule.contribute(try rule.apply(backward, to: [given, exchanged]), to: 0)
    }
    if rule.isWanted(1) {
      let exchanged = try rule.apply(
        ConvolutionWeightGradient(kernel: kernel, stride: stride),
        to: [given, try rule.operand(0)])
      rule.contribute(
        try rule.apply(KernelTransposition(isReversed: false), to: [exchanged]), to: 1)
    }
    if epilogue.bias, rule.isWanted(2) {
      rule.contribute(try rule.apply(Summation.pixels, to: [given]), to: 2)
    }
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
      OperationSample(
        .transposedConvolution(
          TransposedConvolution(
            kernel: Extent(2, 4), stride: Extent(2, 2), epilogue: Epilogue(activation: .relu))),
        [[2, 3, 5, 17], [2, 4, 17, 20], [20]]),
      OperationSample(
        .transposedConvolution(
          TransposedConvolution(
            kernel: Extent(3, 5), stride: Extent(2, 3), epilogue: Epilogue(bias: false))),
        [[1, 4, 3, 6], [3, 5, 6, 35]]),
      OperationSample(
        .transposedConvolution(
          TransposedConvolution(
            kernel: Extent(3, 3), stride: Extent(1, 2), size: Extent(4, 9),
            epilogue: Epilogue(bias: false))),
        [[2, 4, 5, 6], [3, 3, 6, 3]]),
    ]
  }
}
