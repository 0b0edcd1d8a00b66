import Tensors

/// A graph as its nodes in order; operands and outputs are named, types are recorded and checked.
extension Graph: Codable {
  private enum Key: String, CodingKey {
    case nodes
    case outputs
  }

  private struct CodedNode: Codable {
    var name: String
    var type: TensorType
    var role: Role?
    var operation: Operation?
    var operands: [String]?
  }

  private struct CodedOutput: Codable {
    var name: String
    var value: String
  }

  /// Builds the graph anew, node by node.
  ///
  /// - Throws: `GraphError` where a node does not suit its operands, or where a recorded type is
  ///   not the inferred one.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init()
    for node in try container.decode([CodedNode].self, forKey: .nodes) {
      try insert(node)
    }
    for coded in try container.decode([CodedOutput].self, forKey: .outputs) {
      try output(coded.name, try known(coded.value, in: coded.name))
    }
  }

  /// Writes nodes and outputs.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(nodes.map(coded), forKey: .nodes)
    try container.encode(
      outputs.map { CodedOutput(name: $0.name, value: self[$0.value].name) }, forKey: .outputs)
  }

  private func coded(_ node: Node) -> CodedNode {
    var coded = CodedNode(name: node.name, type: node.type)
    switch node.source {
    case .input: break
    case .parameter(let role): coded.role = role
    case .operation(let operation, let operands):
      coded.operation = operation
      coded.operands = operands.map { self[$0].name }
    }
    return coded
  }

  private mutating func insert(_ node: CodedNode) throws {
    let value: Value
    if let operation = node.operation {
      let operands = try (node.operands ?? []).map { try known($0, in: node.name) }
      value = try apply(operation, to: operands, name: node.name)
    } else if let role = node.role {
      value = try parameter(node.name, node.type.shape, role)
    } else {
      value = try input(node.name, node.type)
    }
    guard self[value].type == node.type else {
      throw GraphError(
        .inconsistentType, "recorded as \(node.type), computed as \(self[value].type)",
        node: node.name)
    }
  }

  private func known(_ name: String, in node: String) throws(GraphError) -> Value {
    guard let value = value(named: name) else {
      throw GraphError(.order, "\(name) does not stand before it", node: node)
    }
    return value
  }
}
