extension Graph {
  /// The graph with shifts of groups of adjacent channels done by the 1x1 convolution that reads them, where
  /// nothing else does: they cost no pass over the image.
  public func fusingShifts() throws(GraphError) -> Graph {
    var rewriter = GraphRewriter(self)
    let uses = useCounts
    for value in values {
      guard
        case .operation(.convolution(var convolution), var operands) = self[value].source,
        convolution.kernel == .one, convolution.stride == .one, uses[operands[0]] == 1,
        case .operation(.shift(let shift), let image) = self[operands[0]].source,
        shift.assignment == .adjacentFive
      else { continue }
      convolution.shift = shift
      operands[0] = image[0]
      rewriter.define(
        value, as: .convolution(convolution), of: operands.map(GraphRewriter.Operand.old))
    }
    return try rewriter.finished()
  }
}
