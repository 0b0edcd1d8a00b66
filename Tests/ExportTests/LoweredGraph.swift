import Execution
import Graphs
import Tensors
import TestSupport

@testable import Export

/// Graphs said in ONNX's operators, for the tests.
enum LoweredGraph {
  /// A whole graph with random weights.
  static func of(_ graph: Graph, seed: UInt64 = 1) throws -> ONNXGraph {
    let parameters = TinyModel.parameters(of: graph, seed: seed)
    var lowering = ONNXLowering(
      graph, constants: try ConstantValues(graph, parameters: parameters).tensors)
    try lowering.declareInputs()
    try lowering.lowerOperations()
    lowering.declareOutputs()
    return lowering.onnx
  }

  /// One operation; the first operands are inputs, the others constants.
  static func of(
    _ operation: Operation, _ shapes: [TensorShape], inputs: Int = 1
  ) throws -> ONNXGraph {
    var graph = Graph()
    let values = try shapes.enumerated().map { index, shape in
      index < inputs
        ? try graph.input("operand\(index)", TensorType(shape))
        : try graph.parameter("operand\(index)", shape)
    }
    try graph.output("result", graph.apply(operation, to: values, name: "node"))
    return try of(graph)
  }
}

extension ONNXGraph {
  /// Nodes of a kind.
  func nodes(_ operation: ONNXOperator) -> [Node] { nodes.filter { $0.operation == operation } }

  /// What is wrong with its names: each value is made once, before it is used, and outputs are made.
  var faults: [String] {
    var known = Set(inputs.map(\.name) + constants.map(\.name))
    var faults = known.count == inputs.count + constants.count ? [] : ["a name is there twice"]
    for node in nodes {
      for input in node.inputs where !input.isEmpty && !known.contains(input) {
        faults.append("\(node.output) uses \(input)")
      }
      if !known.insert(node.output).inserted { faults.append("\(node.output) is made twice") }
    }
    let used = Set(nodes.flatMap(\.inputs) + outputs.map(\.name))
    faults += nodes.map(\.output).filter { !used.contains($0) }.map { "\($0) is not used" }
    faults += constants.map(\.name).filter { !used.contains($0) }.map { "\($0) is not used" }
    return faults + outputs.map(\.name).filter { !known.contains($0) }.map { "\($0) is not made" }
  }
}
