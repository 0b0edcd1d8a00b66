extension Graph {
  /// The graph in which whatever uses a value takes another in its place, but for what that other is made of.
  ///
  /// - Parameter detours: what is taken instead of each value.
  /// - Returns: the graph with the same outputs; one that was such a value stays it.
  /// - Throws: `.order` where a detour begins behind what it is taken instead of.
  public func rerouting(_ detours: [Value: Value]) throws(GraphError) -> Graph {
    var rewriter = GraphRewriter(self)
    let own = detours.mapValues(ancestors(of:))
    for value in values {
      guard case .operation(let operation, let operands) = self[value].source else { continue }
      let taken = operands.map { operand -> Value in
        guard let other = detours[operand], own[operand]?.contains(value) != true else {
          return operand
        }
        return other
      }
      if taken != operands {
        rewriter.define(value, as: operation, of: taken.map(GraphRewriter.Operand.old))
      }
    }
    return try rewriter.finished()
  }

  /// A value and all that it is made of.
  private func ancestors(of value: Value) -> Set<Value> {
    var found: Set<Value> = []
    var rest = [value]
    while let next = rest.popLast() {
      guard found.insert(next).inserted, case .operation(_, let operands) = self[next].source
      else { continue }
      rest += operands
    }
    return found
  }
}
