import Tensors

/// The form for people: one line per node, stable from run to run.
extension Graph: CustomStringConvertible {
  /// Inputs, parameters and operations in order, then the outputs.
  public var description: String {
    let lines = nodes.map(line) + outputs.map { "output \($0.name) = \(self[$0.value].name)" }
    return lines.joined(separator: "\n") + "\n"
  }

  private func line(_ node: Node) -> String {
    switch node.source {
    case .input: "input \(node.name): \(node.type)"
    case .parameter(let role): "\(role.rawValue) \(node.name): \(node.type)"
    case .operation(let operation, let operands):
      "\(node.name) = \(operation)(\(operands.map { self[$0].name }.joined(separator: ", ")))"
        + ": \(node.type)"
    }
  }
}

extension Operation: CustomStringConvertible {
  /// The kind with its attributes, for example `convolution[3x3, stride 1x2, bias, relu]`.
  public var description: String {
    let words = attributes.words
    return words.isEmpty ? kind.rawValue : "\(kind.rawValue)[\(words.joined(separator: ", "))]"
  }
}
