package import Tensors

extension Graph {
  /// The graph with images stored as bytes, and with the weights that meet them rounded.
  ///
  /// Images that must be stored alike, such as the parts of a concatenation, share the range that holds
  /// all of theirs. What reads the graph's inputs, and what makes its outputs, computes with floats.
  ///
  /// The graph must have been prepared by `optimizedForInference()`.
  ///
  /// - Parameter ranges: the least and the greatest number of each image, by the node's name; one of those
  ///   that are stored alike will do.
  /// - Returns: the graph with the same inputs, outputs and parameters.
  /// - Throws: `.operandType` where a range is missing.
  public func quantized(_ ranges: [String: ClosedRange<Float>]) throws(GraphError) -> Graph {
    let quantizations = try ByteGroups(self).quantizations(ranges, in: self)
    var rewriter = GraphRewriter(self)
    for value in values {
      guard case .operation(let operation, let operands) = self[value].source else { continue }
      let readsBytes = operands.first.map { quantizations[$0] != nil } ?? false
      let changed = operation.storing(as: quantizations[value])
      let inputs = operands.enumerated().map { index, operand -> GraphRewriter.Operand in
        if quantizations[operand] != nil, !operation.kind.attributes.takesBytes {
          return .new(asFloats(operand))
        }
        return readsBytes && index == 1 && operation.rounds(operand: index)
          ? .new(rounded(operand)) : .old(operand)
      }
      rewriter.define(value, as: changed, of: inputs)
    }
    return try rewriter.finished()
  }

  private func asFloats(_ value: Value) -> GraphRewriter.Definition {
    GraphRewriter.Definition(
      name: "\(self[value].name)/floats", operation: Conversion(to: nil).operation,
      operands: [.old(value)])
  }

  private func rounded(_ weights: Value) -> GraphRewriter.Definition {
    GraphRewriter.Definition(
      name: "\(self[weights].name)/rounded", operation: WeightRounding().operation,
      operands: [.old(weights)])
  }
}

extension Operation {
  /// Whether the weights at an operand are multiplied with bytes where the image is bytes.
  func rounds(operand: Int) -> Bool {
    switch kind {
    case .convolution, .transposedConvolution, .contextAggregation: operand == 1
    default: false
    }
  }

  /// The operation whose result is stored in a given way, where it can be.
  package func storing(as quantization: Quantization?) -> Operation {
    switch self {
    case .convolution(var convolution):
      convolution.epilogue.quantization = quantization
      return .convolution(convolution)
    case .transposedConvolution(var convolution):
      convolution.epilogue.quantization = quantization
      return .transposedConvolution(convolution)
    case .depthwiseConvolution(var convolution):
      convolution.epilogue.quantization = quantization
      return .depthwiseConvolution(convolution)
    case .contextAggregation(var aggregation):
      aggregation.quantization = quantization
      return .contextAggregation(aggregation)
    default: return self
    }
  }
}
