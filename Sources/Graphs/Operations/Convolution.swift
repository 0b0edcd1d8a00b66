public import Tensors

/// Two-dimensional cross-correlation with SAME padding.
///
/// Operands: input `[N, H, W, I]`, weights `[KH, KW, I, O]`, then the epilogue's. Result:
/// `[N, ceil(H / SH), ceil(W / SW), O]`.
public struct Convolution: OperationAttributes {
  /// `.convolution`.
  public static let kind = Operation.Kind.convolution
  /// The image and what is added or multiplied; the weights are then rounded (`WeightRounding`).
  public static let takesBytes = true
  /// Size of the window; the weights repeat it.
  public var kernel: Extent
  /// Steps of the window.
  public var stride: Extent
  /// How the input's channels are moved before they are multiplied; for windows of one cell in steps of
  /// one, and for groups of adjacent channels.
  public var shift: Shift?
  /// What happens to each sum.
  public var epilogue: Epilogue

  /// A convolution; see the properties.
  public init(
    kernel: Extent, stride: Extent = .one, shift: Shift? = nil, epilogue: Epilogue = Epilogue()
  ) {
    self.kernel = kernel
    self.stride = stride
    self.shift = shift
    self.epilogue = epilogue
  }

  /// The operation with these attributes.
  public var operation: Operation { .convolution(self) }

  /// The attributes for people.
  public var words: [String] {
    windowWords(kernel, stride) + (shift.map { ["shift"] + $0.words } ?? []) + epilogue.words
  }

  /// The shape rule.
  public func resultType(of operands: [TensorType]) throws(OperandError) -> TensorType {
    try expectCount(2 + epilogue.operandCount, operands)
    try expectWindow(kernel, stride)
    let input = try expectImage(operands[0])
    guard shift == nil || kernel == .one && stride == .one && shift?.groups(of: 1) != nil else {
      throw OperandError(
        code: .operandType, message: "a shift of \(shift?.words ?? []) before a window of \(kernel)"
      )
    }
    let weights = operands[1].shape
    guard weights.rank == 4 else {
      throw OperandError(code: .operandType, message: "weights \(weights) are not of rank 4")
    }
    try expect(
      operands[1], [kernel.height, kernel.width, input.channels, weights.channels], "weights")
    let rows = SamePadding(size: input[1], kernel: kernel.height, stride: stride.height)
    let columns = SamePadding(size: input[2], kernel: kernel.width, stride: stride.width)
    let result: TensorShape = [
      input[0], rows.outputSize, columns.outputSize, weights.channels,
    ]
    for (operand, shape) in zip(operands.dropFirst(2), epilogue.operandShapes(result: result)) {
      try expect(operand, shape, "an epilogue operand")
    }
    return epilogue.resultType(result, of: operands[0])
  }

  /// Multiply-accumulates of the full window at every position.
  public func cost(of operands: [TensorType], result: TensorType) -> Cost {
    Cost(
      multiplyAccumulates: result.shape.count * kernel.height * kernel.width
        * operands[0].shape.channels,
      bytes: elementBytes(operands, result))
  }

  /// The input's gradient is a convolution with exchanged weights, transposed where this one has
  /// steps.
  public func differentiate(_ rule: inout GradientRule) throws(GraphError) {
    guard shift == nil else { throw rule.refusal("its shift is to stand by itself") }
    let given = try rule.given(through: epilogue)
    let (input, weights) = (rule.types[0].shape, try rule.operand(1))
    if rule.isWanted(0) {
      // Only windows that lie evenly around their centre are the same seen from the other side.
      let isPlain = stride == .one && kernel.height % 2 == 1 && kernel.width % 2 == 1
      let exchanged = try rule.apply(
        KernelTransposition(isReversed: isPlain), to: [weights])
      let backward = Epilogue(bias: false)
      let operation: any OperationAttributes =
        isPlain
        ? Convolution(kernel: kernel, epilogue: backward)
        : TransposedConvolution(
          kernel: kernel, stride: stride, size: Extent(input[1], input[2]), epilogue: backward)
      rule.contribute(try rule.apply(operation, to: [given, exchanged]), to: 0)
    }
    if rule.isWanted(1) {
      let gradient = ConvolutionWeightGradient(kernel: kernel, stride: stride)
      rule.contribute(try rule.apply(gradient, to: [try rule.operand(0), given]), to: 1)
    }
    if epilogue.bias, rule.isWanted(2) {
      rule.contribute(try rule.apply(Summation.pixels, to: [given]), to: 2)
    }
  }

  /// Pointwise, 3x3 and strided convolutions, with every epilogue.
  public static var samples: [OperationSample] {
    let full = Epilogue(
      bias: true, activation: .relu, affine: true, addend: true, factor: true)
    return [
      sample(Convolution(kernel: Extent(3, 3)), input: [2, 4, 7, 3], channels: 5),
      sample(Convolution(kernel: Extent(1, 1), epilogue: full), input: [2, 3, 5, 17], channels: 9),
      sample(
        Convolution(kernel: Extent(3, 3), stride: Extent(1, 2), epilogue: full),
        input: [2, 4, 8, 3], channels: 6),
      sample(
        Convolution(
          kernel: Extent(3, 3), stride: Extent(1, 2), epilogue: Epilogue(activation: .relu)),
        input: [1, 5, 9, 6], channels: 33),
      sample(
        Convolution(kernel: Extent(1, 1), epilogue: Epilogue(activation: .sigmoid)),
        input: [1, 1, 1, 1], channels: 1),
      sample(
        Convolution(kernel: Extent(3, 3), epilogue: Epilogue(bias: false, activation: .relu)),
        input: [1, 65, 3, 8], channels: 16),
      sample(
        Convolution(kernel: Extent(5, 3), stride: Extent(2, 1), epilogue: full),
        input: [2, 7, 6, 4], channels: 7),
      sample(
        Convolution(kernel: .one, shift: Shift(.adjacentFive), epilogue: full),
        input: [2, 5, 7, 47], channels: 9),
      sample(
        Convolution(kernel: .one, shift: Shift(.adjacentFive, isReversed: true)),
        input: [1, 4, 20, 40], channels: 35),
      sample(
        Convolution(
          kernel: .one, shift: Shift(.adjacentFive), epilogue: Epilogue(activation: .relu)),
        input: [1, 3, 2, 7], channels: 70),
    ]
  }

  private static func sample(
    _ attributes: Convolution, input: TensorShape, channels: Int
  ) -> OperationSample {
    let weights: TensorShape = [
      attributes.kernel.height, attributes.kernel.width, input.channels, channels,
    ]
    let result: TensorShape = [
      input[0],
      SamePadding(
        size: input[1], kernel: attributes.kernel.height, stride: attributes.stride.height
      ).outputSize,
      SamePadding(
        size: input[2], kernel: attributes.kernel.width, stride: attributes.stride.width
      ).outputSize, channels,
    ]
    return OperationSample(
      .convolution(attributes),
      [input, weights] + attributes.epilogue.operandShapes(result: result))
  }
}
