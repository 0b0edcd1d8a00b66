public import Tensors

/// The values of a graph's parameters by name.
public typealias ParameterValues = [String: Tensor<Float>]

extension Graph {
  /// Checks that values are there for every parameter, in its shape, and for nothing else.
  ///
  /// - Throws: `.parameters`, listing the missing, the unexpected and the misshapen names.
  public func check(_ values: ParameterValues) throws(GraphError) {
    var missing: [String] = []
    var misshapen: [String] = []
    var unexpected = Set(values.keys)
    for node in parameters {
      unexpected.remove(node.name)
      guard let tensor = values[node.name] else {
        missing.append(node.name)
        continue
      }
      if tensor.shape != node.type.shape {
        misshapen.append("\(node.name) (\(tensor.shape) instead of \(node.type.shape))")
      }
    }
    let faults = [
      ("missing", missing), ("unexpected", unexpected.sorted()), ("misshapen", misshapen),
    ].filter { !$0.1.isEmpty }
    guard !faults.isEmpty else { return }
    throw GraphError(
      .parameters,
      "the weights are not this network's: "
        + faults.map { "\($0.1.count) \($0.0): \($0.1.joined(separator: ", "))" }
        .joined(separator: "; "),
      node: missing.first ?? unexpected.sorted().first ?? misshapen[0])
  }
}
