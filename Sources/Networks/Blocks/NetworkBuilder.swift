package import Graphs
package import Tensors

/// A graph under construction, with what all layers of one network have in common.
///
/// Blocks are methods in extensions, one file each. Parameters are named as in the authors'
/// checkpoints (`conv1/kernels`, `conv1/biases`, `conv1/gamma`, ...); a block's last node has the
/// block's own name.
package struct NetworkBuilder {
  /// The graph so far.
  package private(set) var graph = Graph()
  /// What follows a convolution, in which order; nothing where the network does not normalise.
  let order: LayerOrder?

  package init(order: LayerOrder?) {
    self.order = order
  }

  /// A builder that goes on with a graph.
  package init(extending graph: Graph, order: LayerOrder? = nil) {
    (self.graph, self.order) = (graph, order)
  }

  package mutating func input(
    _ name: String, _ shape: TensorShape
  ) throws(GraphError) -> Graph.Value {
    try graph.input(name, TensorType(shape))
  }

  package mutating func output(_ name: String, _ value: Graph.Value) throws(GraphError) {
    try graph.output(name, value)
  }

  package mutating func apply(
    _ operation: Operation, to operands: [Graph.Value], name: String
  ) throws(GraphError) -> Graph.Value {
    try graph.apply(operation, to: operands, name: name)
  }

  package mutating func parameter(
    _ name: String, _ shape: TensorShape, _ role: Graph.Role = .trainable
  ) throws(GraphError) -> Graph.Value {
    try graph.parameter(name, shape, role)
  }

  func channels(_ value: Graph.Value) -> Int { graph[value].type.shape.channels }
}
