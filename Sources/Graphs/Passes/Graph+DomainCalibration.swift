import Tensors

extension Graph {
  /// The names of its batch normalisations, in the order of the way through the network.
  public var normalizationNames: [String] {
    nodes.compactMap { node in
      guard case .operation(.batchNormalization, _) = node.source else { return nil }
      return node.name
    }
  }

  /// The graph with some batch normalisations between two domains' statistics: each gets two
  /// parameters more, with the names that `targetName(of:)` gives.
  ///
  /// - Parameters:
  ///   - layers: the names of the normalisations.
  ///   - blend: how much of the target's statistics is taken, 0 to 1.
  /// - Returns: the graph with `DomainBatchNormalization` in their places.
  /// - Throws: where a blend is outside of 0 to 1, or the target's statistics are there already.
  public func normalizingBetweenDomains(
    _ layers: Set<String>, blend: Double
  ) throws(GraphError) -> Graph {
    try rebuilt { graph, node, operands throws(GraphError) in
      guard case .operation(.batchNormalization(let normalization), let old) = node.source,
        layers.contains(node.name)
      else { return nil }
      var statistics: [Value] = []
      for value in old[3...] {
        statistics.append(
          try graph.parameter(
            Self.targetName(of: self[value].name), self[value].type.shape, .statistic))
      }
      return try graph.apply(
        .domainBatchNormalization(
          DomainBatchNormalization(epsilon: normalization.epsilon, blend: blend)),
        to: operands + statistics, name: node.name)
    }
  }

  /// The name of the target's statistic beside the source's.
  public static func targetName(of statistic: String) -> String { "\(statistic)_target" }

  /// The graph for another number of images at a time.
  public func batched(_ count: Int) throws(GraphError) -> Graph {
    try rebuilt { graph, node, _ throws(GraphError) in
      guard case .input = node.source else { return nil }
      var shape = node.type.shape
      shape[0] = count
      return try graph.input(node.name, TensorType(shape, node.type.element))
    }
  }

  /// A graph of the same nodes, except where `replacement` puts another one.
  private func rebuilt(
    _ replacement: (inout Graph, Node, _ operands: [Value]) throws(GraphError) -> Value?
  ) throws(GraphError) -> Graph {
    var graph = Graph()
    var built: [Value] = []
    for node in nodes {
      var operands: [Value] = []
      if case .operation(_, let old) = node.source { operands = old.map { built[$0.position] } }
      if let value = try replacement(&graph, node, operands) {
        built.append(value)
        continue
      }
      switch node.source {
      case .input: built.append(try graph.input(node.name, node.type))
      case .parameter(let role):
        built.append(try graph.parameter(node.name, node.type.shape, role))
      case .operation(let operation, _):
        built.append(try graph.apply(operation, to: operands, name: node.name))
      }
    }
    for output in outputs { try graph.output(output.name, built[output.value.position]) }
    try graph.verify()
    return graph
  }
}
