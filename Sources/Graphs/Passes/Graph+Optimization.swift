extension Graph {
  /// Everything that makes inference cheaper without changing its result beyond rounding.
  public func optimizedForInference() throws(GraphError) -> Graph {
    try preparedForInference().fusingShifts().foldingNormalizations().distributingSums()
      .fusingEpilogues()
      .fusingContextAggregations()
  }

  /// The graph without its recurrent CRFs: what each would refine is taken as it is.
  ///
  /// Inputs and parameters that nothing else needs disappear, too.
  public func withoutRecurrentCRF() throws(GraphError) -> Graph {
    var rewriter = GraphRewriter(self)
    for value in values {
      if case .operation(.recurrentCRF, let operands) = self[value].source {
        rewriter.replace(value, with: operands[0])
      }
    }
    return try rewriter.finished()
  }

  /// Whether a recurrent CRF is part of the graph.
  public var hasRecurrentCRF: Bool {
    nodes.contains { node in
      if case .operation(.recurrentCRF, _) = node.source { true } else { false }
    }
  }
}
