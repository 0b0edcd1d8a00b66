public import Tensors

/// A convolution of each channel by itself, with SAME padding.
///
/// Operands: image `[N, H, W, C]`, weights `[KH, KW, C]`, then the epilogue's. Result:
/// `[N, ceil(H / SH), ceil(W / SW), C]`.
public struct DepthwiseConvolution: OperationAttributes {
  /// `.depthwiseConvolution`.
  public static let kind = Operation.Kind.depthwiseConvolution
  /// The image and what is added or multiplied; the weights stay floats.
  public static let takesBytes = true
  /// Size of the window; the weights repeat it.
  public var kernel: Extent
  /// Steps of the window.
  public var stride: Extent
  /// Distances from one cell of the window to the next.
  public var dilation: Extent
  /// What happens to each sum.
  public var epilogue: Epilogue

  /// A convolution; see the properties.
  public init(
    kernel: Extent, stride: Extent = .one, dilation: Extent = .one,
    epilogue: Epilogue = Epilogue(bias: false)
  ) {
    self.kernel = kernel
    self.stride = stride
    self.dilation = dilation
    self.epilogue = epilogue
  }

  /// The operation with these attributes.
  public var operation: Operation { .depthwiseConvolution(self) }

  /// The attributes for people.
  public var words: [String] {
    windowWords(kernel, stride, dilation: dilation) + epilogue.words
  }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(2 + epilogue.operandCount, operands)
    try expectWindow(kernel, stride, dilation: dilation)
    let input = try expectImage(operands[0])
    try expect(operands[1], [kernel.height, kernel.width, input.channels], "weights")
    let window = window(over: input)
    let result: TensorShape = [
      input[0], window.rows.outputSize, window.columns.outputSize, input.channels,
    ]
    for (operand, shape) in zip(operands.dropFirst(2), epilogue.operandShapes(result: result)) {
      try expect(operand, shape, "an epilogue operand")
    }
    return epilogue.resultType(result, of: operands[0])
  }

  /// Multiply-accumulates of the full window at every position.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    Cost(
      multiplyAccumulates: result.shape.count * kernel.height * kernel.width,
      bytes: elementBytes(operands, result))
  }

  /// The window as it slides over images of a shape.
  package func window(over image: TensorShape) -> SlidingWindow {
    SlidingWindow(
      kernel: kernel, stride: stride, dilation: dilation, over: Extent(image[1], image[2]))
  }

  /// Each operand's gradient is an operation of its own.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    let given = try rule.given(through: epilogue)
    if rule.isWanted(0) {
      let gradient = DepthwiseInputGradient(window(over: rule.types[0].shape))
      rule.contribute(try rule.apply(gradient, to: [given, try rule.operand(1)]), to: 0)
    }
    if rule.isWanted(1) {
      let gradient = DepthwiseWeightGradient(kernel: kernel, stride: stride, dilation: dilation)
      rule.contribute(try rule.apply(gradient, to: [try rule.operand(0), given]), to: 1)
    }
    if epilogue.bias, rule.isWanted(2) {
      rule.contribute(try rule.apply(Summation.pixels, to: [given]), to: 2)
    }
  }

  /// With and without steps and dilation, and with every epilogue.
  public static var samples: [OperationSample] {
    let full = Epilogue(
      bias: true, activation: .relu, affine: true, addend: true, factor: true)
    return [
      sample(DepthwiseConvolution(kernel: Extent(3, 3)), [2, 4, 7, 5]),
      sample(DepthwiseConvolution(kernel: Extent(5, 3), stride: Extent(1, 2)), [1, 5, 8, 9]),
      sample(DepthwiseConvolution(kernel: Extent(3, 3), epilogue: full), [2, 5, 6, 35]),
      sample(
        DepthwiseConvolution(
          kernel: Extent(3, 3), dilation: Extent(2, 3), epilogue: Epilogue(activation: .relu)),
        [2, 6, 7, 17]),
      sample(
        DepthwiseConvolution(kernel: Extent(5, 5), epilogue: Epilogue(activation: .sigmoid)),
        [1, 3, 3, 16]),
      sample(
        DepthwiseConvolution(kernel: Extent(3, 3), stride: Extent(2, 2), epilogue: full),
        [1, 7, 9, 64]),
    ]
  }

  private static func sample(
    _ attributes: DepthwiseConvolution, _ input: TensorShape
  ) -> OperationSample {
    let window = attributes.window(over: input)
    let result: TensorShape = [
      input[0], window.rows.outputSize, window.columns.outputSize, input.channels,
    ]
    return OperationSample(
      attributes,
      [input, [attributes.kernel.height, attributes.kernel.width, input.channels]]
        + attributes.epilogue.operandShapes(result: result))
  }
}

extension DepthwiseConvolution {
  /// Reads attributes; models of before had neither dilation nor epilogue.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      kernel: try values.decode(Extent.self, forKey: .kernel),
      stride: try values.decode(Extent.self, forKey: .stride),
      dilation: try values.decodeIfPresent(Extent.self, forKey: .dilation) ?? .one,
      epilogue: try values.decodeIfPresent(Epilogue.self, forKey: .epilogue)
        ?? Epilogue(bias: false))
  }
}
