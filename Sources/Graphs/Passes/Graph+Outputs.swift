extension Graph {
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
