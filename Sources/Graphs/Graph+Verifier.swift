extension Graph {
  /// Checks every node against its rule, as inserting it did: a pass that damages a graph is found
  /// here, by the name of the node.
  ///
  /// - Throws: `.order`, `.inconsistentType`, or what the node's rule throws.
  public func verify() throws(GraphError) {
    for (position, node) in nodes.enumerated() {
      guard case .operation(let operation, let operands) = node.source else { continue }
      guard operands.allSatisfy({ $0.position < position }) else {
        throw GraphError(.order, "an operand does not stand before the node", node: node.name)
      }
      let type = try operation.resultType(of: operands.map { self[$0].type }, node: node.name)
      guard type == node.type else {
        throw GraphError(
          .inconsistentType, "recorded as \(node.type), computed as \(type)", node: node.name)
      }
    }
  }
}
