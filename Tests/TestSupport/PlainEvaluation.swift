package import Graphs
import Kernels
package import Tensors

/// A graph computed node by node by the reference, each value in memory of its own: what sessions must
/// agree with, and the truth in double precision.
package func plainOutputs<S: TensorScalar>(
  of graph: Graph, _ parameters: [String: Tensor<S>], _ inputs: [String: Tensor<S>]
) throws -> [String: Tensor<S>] {
  var values: [Tensor<S>] = []
  for node in graph.nodes {
    switch node.source {
    case .input: values.append(inputs[node.name] ?? Tensor(node.type.shape))
    case .parameter: values.append(parameters[node.name] ?? Tensor(node.type.shape))
    case .operation(let operation, let operands):
      values.append(
        try ReferenceKernels.evaluate(operation, operands.map { values[$0.position] }))
    }
  }
  return Dictionary(
    uniqueKeysWithValues: graph.outputs.map { ($0.name, values[$0.value.position]) })
}
