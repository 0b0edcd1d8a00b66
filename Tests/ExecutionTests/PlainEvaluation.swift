import Graphs
import Kernels
import Tensors

/// A graph computed node by node, each value in memory of its own: what sessions must agree with.
func plainOutputs(
  of graph: Graph, _ parameters: ParameterValues, _ inputs: [String: Tensor<Float>]
) throws -> [String: Tensor<Float>] {
  var values: [Tensor<Float>] = []
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

/// The largest difference between outputs, as a part of the greater of the expected number and 1.
func largestDifference(
  _ found: [String: Tensor<Float>], _ expected: [String: Tensor<Float>]
) -> Float {
  guard found.keys == expected.keys else { return .infinity }
  var largest: Float = 0
  for (name, tensor) in expected {
    guard let other = found[name], other.shape == tensor.shape else { return .infinity }
    for (a, b) in zip(other.elements, tensor.elements) {
      let difference = abs(a - b) / max(1, abs(b))
      largest = difference.isNaN ? .infinity : max(largest, difference)
    }
  }
  return largest
}
