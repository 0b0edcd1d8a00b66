extension Graph {
  /// The graph with every scale and shift that directly follows a convolution's bias multiplied
  /// into its weights: networks that normalise before the activation lose the operation.
  ///
  /// Where the activation comes first (the authors' SqueezeSegV2) nothing can be folded.
  public func foldingNormalizations() throws(GraphError) -> Graph {
    var rewriter = GraphRewriter(self)
    let uses = useCounts
    for value in values {
      guard
        case .operation(.affine, let operands) = self[value].source, uses[operands[0]] == 1,
        case .operation(let producer, let inner) = self[operands[0]].source,
        let epilogue = producer.epilogue, epilogue.isOpen
      else { continue }
      let (scale, shift) = (operands[1], operands[2])
      let weights = GraphRewriter.Definition(
        name: "\(self[inner[1]].name)/folded", operation: .combination(.product),
        operands: [.old(inner[1]), .old(scale)])
      let bias: GraphRewriter.Operand =
        epilogue.bias
        ? .new(
          GraphRewriter.Definition(
            name: "\(self[inner[2]].name)/folded", operation: .affine(Affine()),
            operands: [.old(inner[2]), .old(scale), .old(shift)]))
        : .old(shift)
      var closed = epilogue
      closed.bias = true
      rewriter.define(
        value, as: producer.with(closed), of: [.old(inner[0]), .new(weights), bias])
    }
    return try rewriter.finished()
  }
}

extension Epilogue {
  /// Whether nothing but a bias follows the sum.
  fileprivate var isOpen: Bool { activation == nil && !affine && !addend && !factor }
}

extension Operation {
  /// The epilogue of a convolution of any kind.
  var epilogue: Epilogue? {
    if case .convolution(let convolution) = self { return convolution.epilogue }
    if case .transposedConvolution(let convolution) = self { return convolution.epilogue }
    if case .depthwiseConvolution(let convolution) = self { return convolution.epilogue }
    return nil
  }

  /// A convolution of any kind with another epilogue; other operations as they are.
  func with(_ epilogue: Epilogue) -> Operation {
    if case .convolution(var convolution) = self {
      convolution.epilogue = epilogue
      return .convolution(convolution)
    }
    if case .transposedConvolution(var convolution) = self {
      convolution.epilogue = epilogue
      return .transposedConvolution(convolution)
    }
    if case .depthwiseConvolution(var convolution) = self {
      convolution.epilogue = epilogue
      return .depthwiseConvolution(convolution)
    }
    return self
  }
}
