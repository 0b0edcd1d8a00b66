extension Graph {
  /// The graph with the ReLU's part of a gradient done by the normalisation's before it, where the
  /// network normalises what a ReLU gave: one pass over the image instead of two.
  public func fusingGradients() throws(GraphError) -> Graph {
    var rewriter = GraphRewriter(self)
    let uses = useCounts
    for value in values {
      guard
        case .operation(.activationGradient(let step), let operands) = self[value].source,
        step.activation == .relu, uses[operands[0]] == 1,
        case .operation(.normalizationGradient(var gradient), let inner) = self[operands[0]].source,
        inner[1] == operands[1]
      else { continue }
      gradient.isRectified = true
      rewriter.define(
        value, as: .normalizationGradient(gradient), of: inner.map(GraphRewriter.Operand.old))
    }
    return try rewriter.finished()
  }

  /// The graph for one of several machines that share a batch: the statistics of batch normalisation,
  /// and their gradients, are those of all pixels of the batch.
  public func averagingOverRanks() throws(GraphError) -> Graph {
    var rewriter = GraphRewriter(self)
    for value in values {
      guard case .operation(let operation, let operands) = self[value].source else { continue }
      let old = operands.map(GraphRewriter.Operand.old)
      let name = self[value].name
      if case .batchMoments = operation {
        let own = GraphRewriter.Definition(
          name: "\(name)/rank", operation: operation, operands: old)
        rewriter.define(value, as: .rankMean(.moments), of: [.new(own)])
      } else if case .normalizationGradient = operation {
        let sums = GraphRewriter.Definition(
          name: "\(name)/sums", operation: .rankMean(.elements), operands: [old[4]])
        rewriter.define(value, as: operation, of: old[..<4] + [.new(sums)] + old[5...])
      }
    }
    return try rewriter.finished()
  }
}
