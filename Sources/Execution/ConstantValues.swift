import Graphs
import Kernels
import Tensors

/// The values of a graph that do not depend on its inputs, computed once.
struct ConstantValues {
  /// Only the constants that an operation on inputs uses, or that are outputs.
  let tensors: [Graph.Value: Tensor<Float>]

  init(_ graph: Graph, parameters: ParameterValues) throws {
    let constants = graph.constantValues
    var tensors: [Graph.Value: Tensor<Float>] = [:]
    for value in graph.values where constants.contains(value) {
      let node = graph[value]
      switch node.source {
      case .input: break
      case .parameter: tensors[value] = try Self.parameter(node, in: parameters)
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

  private static func parameter(
    _ node: Graph.Node, in parameters: ParameterValues
  ) throws(ExecutionError) -> Tensor<Float> {
    guard let tensor = parameters[node.name], tensor.shape == node.type.shape else {
      let given = parameters[node.name].map { "is \($0.shape)" } ?? "is missing"
      throw ExecutionError(
        .parameters, "the parameter \(node.name) \(given), not \(node.type.shape)",
        remedy: "use the weights that were written with this network")
    }
    return tensor
  }
}
