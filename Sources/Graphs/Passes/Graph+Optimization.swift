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

  /// The graph in which only some parameters are trainable; the others are statistics to it.
  public func training(_ isTrained: (String) -> Bool) throws(GraphError) -> Graph {
    var rewriter = GraphRewriter(self)
    for node in nodes where node.source == .parameter(.trainable) && !isTrained(node.name) {
      rewriter.freeze(node.name)
    }
    return try rewriter.finished()
  }

  /// The graph whose output of a name is another value.
  ///
  /// - Throws: `.order` where there is no such output.
  public func replacingOutput(_ name: String, with value: Value) throws(GraphError) -> Graph {
    guard outputs.contains(where: { $0.name == name }) else {
      throw GraphError(.order, "the graph has no such output", node: name)
    }
    var changed = self
    changed.removeOutputs()
    for output in outputs {
      try changed.output(output.name, output.name == name ? value : output.value)
    }
    return changed
  }

  /// The graph whose only outputs are the named values, for looking at what a network computes
  /// inside.
  ///
  /// - Throws: `.order` if a name is not a node's.
  public func exposing(_ names: [String]) throws(GraphError) -> Graph {
    var exposed = self
    exposed.removeOutputs()
    for name in names {
      guard let value = value(named: name) else {
        throw GraphError(.order, "the graph has no such node", node: name)
      }
      try exposed.output(name, value)
    }
    return exposed
  }
}
