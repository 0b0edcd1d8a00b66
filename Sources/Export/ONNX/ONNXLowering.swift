import Graphs
import Tensors

/// Says a graph in ONNX's operators, node by node.
///
/// Images, `[N, H, W, C]` in a graph, are `[N, C, H, W]` in the file, and so is every other value of rank
/// 4; what has another rank stays as it is. Where a value is stored as bytes, the file has a pair of
/// QuantizeLinear and DequantizeLinear, and whoever reads the value reads the floats behind the pair.
struct ONNXLowering {
  let graph: Graph
  /// The values that depend on parameters only, where anything uses them.
  let constants: [Graph.Value: Tensor<Float>]
  /// The file's graph as far as it is said.
  private(set) var onnx = ONNXGraph()
  /// What is known under which name; images channels first.
  var names: [Graph.Value: String] = [:]
  /// Constants that are in the file already.
  var stored: [StoredForm: String] = [:]
  /// Constants that belong to no value of the graph, under no name.
  private var common: [ONNXGraph.Constant: String] = [:]
  /// Every name that is taken, with how many more were made of it.
  private var takenNames: [String: Int] = [:]
  /// The node that is being said.
  private(set) var current: Graph.Value?
  /// How many nodes the file had before it.
  private var firstNode = 0

  /// Nothing is said yet; the names of the graph's inputs and outputs are kept free for them.
  init(_ graph: Graph, constants: [Graph.Value: Tensor<Float>], reserving others: [String] = []) {
    self.graph = graph
    self.constants = constants
    for name in graph.inputs.map(\.name) + graph.outputs.map(\.name) + others {
      takenNames[name] = 1
    }
  }

  /// Says every operation that depends on inputs, which must be named before.
  ///
  /// - Throws: `.unsupported` with the first operation that ONNX cannot say.
  mutating func lowerOperations() throws(ExportError) {
    let constant = graph.constantValues
    for value in graph.values where !constant.contains(value) {
      guard case .operation(let operation, _) = graph[value].source else { continue }
      current = value
      firstNode = onnx.nodes.count
      let result = try lower(operation)
      names[value] = keep(result, as: value)
    }
    current = nil
  }

  /// The types of the current node's operands.
  var types: [TensorType] { operands.map { graph[$0].type } }

  /// The type of the current node's result.
  var type: TensorType { currentNode.type }

  /// The name of the current node.
  var node: String { currentNode.name }

  var operands: [Graph.Value] {
    guard case .operation(_, let operands) = currentNode.source else { return [] }
    return operands
  }

  private var currentNode: Graph.Node {
    guard let current else { preconditionFailure("no node is being lowered") }
    return graph[current]
  }

  /// The axis that channels lie on in the file, for a value of the graph.
  func channelAxis(of shape: TensorShape) -> Int { shape.rank == 4 ? 1 : shape.rank - 1 }
}

extension ONNXLowering {
  /// Adds a node and gives the name of its result.
  mutating func add(
    _ operation: ONNXOperator, _ inputs: [String],
    _ attributes: [String: ONNXGraph.Attribute] = [:], as name: String? = nil
  ) -> String {
    let base = current.map { "\(graph[$0].name)/\(operation.rawValue)" } ?? operation.rawValue
    let output = name ?? unique(base)
    onnx.nodes.append(
      ONNXGraph.Node(
        operation: operation, inputs: inputs, output: output, attributes: attributes))
    return output
  }

  /// Adds a constant of its own and gives its name, `base` where that is free.
  mutating func add(
    _ elements: ONNXGraph.Constant.Elements, _ shape: [Int], as base: String
  ) -> String {
    let name = unique(base)
    onnx.constants.append(ONNXGraph.Constant(name: name, shape: shape, elements: elements))
    return name
  }

  /// Adds a constant that every node may use which needs the same numbers.
  mutating func add(_ elements: ONNXGraph.Constant.Elements, _ shape: [Int]) -> String {
    let key = ONNXGraph.Constant(name: "", shape: shape, elements: elements)
    if let name = common[key] { return name }
    let name = add(elements, shape, as: "constant")
    common[key] = name
    return name
  }

  /// Adds a vector of whole numbers.
  mutating func add(_ numbers: [Int]) -> String { add(.int64(numbers), [numbers.count]) }

  /// Adds a number.
  mutating func add(_ number: Double) -> String { add(.float32([Float(number)]), []) }

  /// Declares an input of the file, whose name must have been reserved.
  mutating func declareInput(_ name: String, _ element: ONNXGraph.ElementType, _ shape: [Int]) {
    onnx.inputs.append(ONNXGraph.Value(name: name, element: element, shape: shape))
  }

  /// Declares an output of the file, made of a value if that has another name.
  mutating func declareOutput(
    _ name: String, of value: String, _ element: ONNXGraph.ElementType, _ shape: [Int]
  ) {
    if value != name { _ = add(.identity, [value], as: name) }
    onnx.outputs.append(ONNXGraph.Value(name: name, element: element, shape: shape))
  }

  /// The result of the current node under the name that it keeps: the output's, or the node's own.
  ///
  /// Bytes pass through the pair that stands for them.
  private mutating func keep(_ result: String, as value: Graph.Value) -> String {
    let output = graph.outputs.first { $0.value == value }?.name
    guard let quantization = graph[value].type.quantization else {
      return rename(result, to: output ?? graph[value].name, isReserved: output != nil)
    }
    let pair = [add(Double(quantization.scale)), add(.uint8([quantization.zero]), [])]
    let bytes = add(.quantizeLinear, [result] + pair)
    let floats = add(.dequantizeLinear, [bytes] + pair)
    return rename(floats, to: output ?? graph[value].name, isReserved: output != nil)
  }

  /// Gives the last node's result another name; what is an operand, because an operation changes
  /// nothing, keeps its own.
  private mutating func rename(_ result: String, to name: String, isReserved: Bool) -> String {
    guard onnx.nodes.count > firstNode, onnx.nodes.last?.output == result else { return result }
    let name = isReserved ? name : unique(name)
    onnx.nodes[onnx.nodes.count - 1].output = name
    return name
  }

  /// A name that nothing has yet, `base` itself where it is free.
  private mutating func unique(_ base: String) -> String {
    guard var count = takenNames[base] else {
      takenNames[base] = 1
      return base
    }
    var name = base
    while takenNames[name] != nil {
      count += 1
      name = "\(base)_\(count)"
    }
    takenNames[base] = count
    takenNames[name] = 1
    return name
  }
}
