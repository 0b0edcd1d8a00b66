import Tensors

extension Graph {
  /// The name of the input that holds the gradient of the loss with respect to the output that was
  /// differentiated: 1 where that is the loss itself.
  public static let seedName = "gradient_seed"

  /// The graph that also computes the gradient of an output with respect to the trainable parameters.
  ///
  /// The gradients leave as `gradient/NAME`, NAME being the parameter's; the seed is an input of the
  /// output's type. Parameters on which the output does not depend have none.
  ///
  /// - Parameters:
  ///   - output: the name of what is differentiated.
  ///   - kept: which of the network's values the way back may use as they are; the others are computed
  ///     again, in exchange for their memory.
  /// - Returns: the network, followed by its gradients.
  /// - Throws: `.notDifferentiable` at an operation without a rule, `.order` where there is no such
  ///   output.
  public func differentiated(
    _ output: String, keeping kept: @escaping (Node) -> Bool = { _ in true }
  ) throws(GraphError) -> Graph {
    guard let end = outputs.first(where: { $0.name == output })?.value else {
      throw GraphError(.order, "the graph has no such output", node: output)
    }
    var state = Differentiation(self, wanted: valuesWithGradient, keeping: kept)
    let seed = try state.input(Self.seedName, self[end].type)
    state.contributions[end] = [seed]
    for value in values.reversed() {
      guard state.isWanted(value), let given = try state.gradient(of: value) else { continue }
      switch self[value].source {
      case .input: break
      case .parameter: try state.output("gradient/\(self[value].name)", given)
      case .operation(let operation, let operands):
        var rule = GradientRule(value, given: given, operands: operands, state: state)
        try operation.attributes.differentiate(&rule)
        state = rule.state
      }
    }
    return state.graph
  }

  /// The values that depend on a trainable parameter.
  private var valuesWithGradient: Set<Value> {
    var found: Set<Value> = []
    for value in values {
      switch self[value].source {
      case .input, .parameter(.statistic): break
      case .parameter(.trainable): found.insert(value)
      case .operation(_, let operands):
        if operands.contains(where: found.contains) { found.insert(value) }
      }
    }
    return found
  }
}
