extension Graph {
  /// Everything that makes inference cheaper without changing its result beyond rounding.
  public func optimizedForInference() throws(GraphError) -> Graph {
    try preparedForInference().foldingNormalizations().distributingSums().fusingEpilogues()
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
