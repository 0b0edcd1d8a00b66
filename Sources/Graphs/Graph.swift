public import Tensors

/// A network as data: inputs, named parameters and operations in the order of their computation.
///
/// A graph is a value. Everything that changes a model is a function from a graph to a graph (see
/// the folder `Passes`); there is no other description of a model and no training flag. Types are
/// inferred when a node is inserted, so a graph that exists is well typed.
public struct Graph: Equatable, Sendable {
  /// The result of a node: its position among `nodes`.
  public struct Value: Hashable, Sendable, Codable {
    /// The position of the node that makes this value.
    public let position: Int

    package init(_ position: Int) {
      self.position = position
    }
  }

  /// Where a value comes from.
  public enum Source: Equatable, Sendable {
    /// The caller, at every run.
    case input
    /// The weights.
    case parameter(Role)
    /// An operation on earlier values.
    case operation(Operation, [Value])
  }

  /// What training does with a parameter.
  public enum Role: String, Sendable, Codable {
    /// Changed by the optimiser.
    case trainable
    /// Gathered from data, such as a batch normalisation's moving mean.
    case statistic
  }

  /// One line of the graph: a name, where its value comes from, and that value's type.
  public struct Node: Equatable, Sendable {
    /// Unique in its graph; `block/layer` by convention.
    public var name: String
    /// Where the value comes from.
    public var source: Source
    /// The value's type.
    public var type: TensorType
  }

  /// A value that leaves the graph under a name.
  public struct Output: Equatable, Sendable, Codable {
    /// Unique among the outputs.
    public var name: String
    /// What leaves.
    public var value: Value
  }

  /// All nodes; an operation's operands stand before it.
  public private(set) var nodes: [Node] = []
  /// What a run returns.
  public private(set) var outputs: [Output] = []
  private var positions: [String: Int] = [:]

  /// An empty graph.
  public init() {}

  /// Inserts an input that the caller provides at every run.
  public mutating func input(_ name: String, _ type: TensorType) throws(GraphError) -> Value {
    try insert(Node(name: name, source: .input, type: type))
  }

  /// Inserts a parameter whose values are kept beside the graph under its name.
  public mutating func parameter(
    _ name: String, _ shape: TensorShape, _ role: Role = .trainable
  ) throws(GraphError) -> Value {
    try insert(Node(name: name, source: .parameter(role), type: TensorType(shape)))
  }

  /// Inserts an operation and infers its result's type.
  ///
  /// - Throws: `.operandCount` or `.operandType` where the operands do not suit the operation,
  ///   `.duplicateName`, `.order`.
  public mutating func apply(
    _ operation: Operation, to operands: [Value], name: String
  ) throws(GraphError) -> Value {
    guard operands.allSatisfy({ nodes.indices.contains($0.position) }) else {
      throw GraphError(.order, "an operand does not stand before the node", node: name)
    }
    let type = try operation.resultType(of: operands.map { self[$0].type }, node: name)
    return try insert(Node(name: name, source: .operation(operation, operands), type: type))
  }

  /// Lets a value leave the graph.
  public mutating func output(_ name: String, _ value: Value) throws(GraphError) {
    guard !outputs.contains(where: { $0.name == name }) else {
      throw GraphError(.duplicateName, "two outputs are called \(name)", node: name)
    }
    guard nodes.indices.contains(value.position) else {
      throw GraphError(.order, "the output's value is not in the graph", node: name)
    }
    outputs.append(Output(name: name, value: value))
  }

  /// The node that makes a value.
  public subscript(value: Value) -> Node { nodes[value.position] }

  /// The value of the node called `name`.
  public func value(named name: String) -> Value? { positions[name].map(Value.init) }

  /// All values in the order of their nodes.
  public var values: [Value] { nodes.indices.map(Value.init) }

  /// The nodes that the caller provides.
  public var inputs: [Node] { nodes.filter { $0.source == .input } }

  /// The nodes whose values are the weights.
  public var parameters: [Node] {
    nodes.filter { if case .parameter = $0.source { true } else { false } }
  }

  mutating func removeOutputs() {
    outputs = []
  }

  private mutating func insert(_ node: Node) throws(GraphError) -> Value {
    guard positions[node.name] == nil else {
      throw GraphError(.duplicateName, "two nodes are called \(node.name)", node: node.name)
    }
    guard node.type.shape.extents.allSatisfy({ $0 > 0 }) else {
      throw GraphError(
        .operandType, "an extent of \(node.type) is not positive", node: node.name)
    }
    guard node.type.shape.hasBoundedCount else {
      throw GraphError(
        .operandType, "\(node.type) has more elements than any tensor may", node: node.name)
    }
    positions[node.name] = nodes.count
    nodes.append(node)
    return Value(nodes.count - 1)
  }
}

extension TensorShape {
  /// Whether there are at most 2^31 elements: costs and memory are then counted without overflow.
  fileprivate var hasBoundedCount: Bool {
    var rest = 1 << 31
    for extent in extents {
      rest /= extent
      if rest == 0 { return false }
    }
    return true
  }
}
