import Tensors

/// The state of differentiating a graph from its end to its beginning.
struct Differentiation {
  /// The graph with the gradient's operations behind the network's.
  private(set) var graph: Graph
  /// What has been found of each value's gradient.
  var contributions: [Graph.Value: [Graph.Value]] = [:]
  private let wanted: Set<Graph.Value>
  private let kept: (Graph.Node) -> Bool
  private var recalled: [Graph.Value: Graph.Value] = [:]

  init(_ graph: Graph, wanted: Set<Graph.Value>, keeping kept: @escaping (Graph.Node) -> Bool) {
    self.graph = graph
    self.wanted = wanted
    self.kept = kept
  }

  func isWanted(_ value: Graph.Value) -> Bool { wanted.contains(value) }

  mutating func apply(
    _ operation: Operation, to operands: [Graph.Value], name: String
  ) throws(GraphError) -> Graph.Value {
    try graph.apply(operation, to: operands, name: name)
  }

  mutating func input(_ name: String, _ type: TensorType) throws(GraphError) -> Graph.Value {
    try graph.input(name, type)
  }

  mutating func output(_ name: String, _ value: Graph.Value) throws(GraphError) {
    try graph.output(name, value)
  }

  /// A value of the network where the gradient needs it: itself, or computed again from what is kept.
  mutating func recall(_ value: Graph.Value) throws(GraphError) -> Graph.Value {
    let node = graph[value]
    guard case .operation(let operation, let operands) = node.source, !kept(node) else {
      return value
    }
    if let again = recalled[value] { return again }
    var inputs: [Graph.Value] = []
    for operand in operands { inputs.append(try recall(operand)) }
    // Where all operands are kept views of kept values, a view is as good as its source.
    let again = try graph.apply(operation, to: inputs, name: "again/\(node.name)")
    recalled[value] = again
    return again
  }

  /// The sum of what was contributed to a value's gradient; nothing if nothing was.
  mutating func gradient(of value: Graph.Value) throws(GraphError) -> Graph.Value? {
    guard let parts = contributions[value], var sum = parts.first else { return nil }
    for (index, part) in parts.dropFirst().enumerated() {
      sum = try graph.apply(
        .combination(.sum), to: [sum, part],
        name: "gradient/\(graph[value].name)/sum\(index + 1)")
    }
    return sum
  }
}
