package import Graphs
import Kernels
package import Tensors

/// The values of a graph that do not depend on its inputs, computed once.
package struct ConstantValues {
  /// Only the constants that an operation on inputs uses, or that are outputs.
  package let tensors: [Graph.Value: Tensor<Float>]
  /// Everything that does not depend on the inputs, whether anything uses it or not.
  package let values: Set<Graph.Value>

  /// Nothing is constant: the parameters change, too.
  init(noneOf graph: Graph, parameters: ParameterValues) throws {
    try Self.check(parameters, of: graph)
    tensors = [:]
    values = []
  }

  /// The values of a graph whose parameters stay as they are.
  ///
  /// - Throws: `.parameters` where a parameter is missing or has another shape.
  package init(_ graph: Graph, parameters: ParameterValues) throws {
    try Self.check(parameters, of: graph)
    let constants = graph.constantValues
    values = constants
    var tensors: [Graph.Value: Tensor<Float>] = [:]
    for value in graph.values where constants.contains(value) {
      let node = graph[value]
      switch node.source {
      case .input: break
      case .parameter: tensors[value] = parameters[node.name]
      case .operation(let operation, let operands):
        tensors[value] = try ReferenceKernels.evaluate(
          operation, operands.compactMap { tensors[$0] })
      }
    }
    var used = Set(graph.outputs.map(\.value))
    for value in graph.values where !constants.contains(value) {
      if case .operation(_, let operands) = graph[value].source { used.formUnion(operands) }
    }
    self.tensors = tensors.filter { used.contains($0.key) }
  }

  /// Parameters that a pass left out of the graph may be given and are not looked at.
  private static func check(
    _ parameters: ParameterValues, of graph: Graph
  ) throws(ExecutionError) {
    let faults = graph.parameters.compactMap { node -> String? in
      let given = parameters[node.name]?.shape
      if given == node.type.shape { return nil }
      return "\(node.name) is \(given.map(\.description) ?? "missing"), not \(node.type.shape)"
    }
    guard faults.isEmpty else {
      throw ExecutionError(
        .parameters, "\(faults.count) parameters do not fit: \(faults.joined(separator: "; "))",
        remedy: "use the weights that were written with this network")
    }
  }
}
