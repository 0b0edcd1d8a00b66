import Execution
import Graphs
import Tensors

/// A graph on its way to C: layers, arrays and pieces, gathered node by node.
struct CLowering {
  let graph: Graph
  /// What the caller brings, in the order of the program's parameters.
  let members: CMembers
  private(set) var arrays: CArrays
  private(set) var layers: [CLayer] = []
  private(set) var parts: Set<CPart> = []
  /// Whether any sum or image goes through a sigmoid.
  private(set) var hasSigmoid = false
  private let constants: ConstantValues
  private let plan: MemoryPlan
  private var constantPlaces: [Graph.Value: CPlace] = [:]
  private var scratchByteCount = 0

  init(_ graph: Graph, parameters: ParameterValues, name: String) throws {
    self.graph = graph
    constants = try ConstantValues(graph, parameters: parameters)
    members = CMembers(graph, constants: constants.values)
    plan = MemoryPlan(graph, constants: constants.values.union(members.places.keys))
    arrays = CArrays(prefix: name)
  }

  /// A graph with all its layers.
  ///
  /// - Throws: as `CProgram` does.
  static func whole(_ graph: Graph, parameters: ParameterValues, name: String) throws -> CLowering {
    var lowering = try CLowering(
      try graph.preparedForInference(), parameters: parameters, name: name)
    try lowering.lower()
    try lowering.arrays.check()
    return lowering
  }

  /// Bytes of activations and scratch memory; never none, since C has no empty arrays.
  var arenaByteCount: Int { max(16, plannedByteCount + scratchByteCount) }

  private var plannedByteCount: Int { (4 * plan.arenaCount + 15) / 16 * 16 }

  /// Whether a value depends on the inputs.
  func isComputed(_ value: Graph.Value) -> Bool { !constants.values.contains(value) }

  /// Writes all nodes that depend on the inputs, then the outputs that lie elsewhere.
  mutating func lower() throws {
    for value in graph.values where isComputed(value) {
      guard case .operation(let operation, let operands) = graph[value].source else { continue }
      try check(operation, node: graph[value].name)
      try lower(
        CNode(
          name: graph[value].name, operation: operation, operands: operands, value: value))
    }
    for (output, name) in zip(graph.outputs, members.outputs) {
      let copy = CPlace(
        memory: .member(name), stride: graph[output.value].type.shape.channels,
        type: TensorType(graph[output.value].type.shape))
      let place = place(of: output.value)
      guard place.memory != copy.memory else { continue }
      add("output \(output.name)", "\(place.type)", convert(place, to: copy), cost: 0)
    }
  }

  private func check(_ operation: Operation, node: String) throws(ExportError) {
    if operation.kind == .rangeRounding { throw .imageRounding(at: node) }
    let reason: String
    switch CProgram.support(of: operation.kind) {
    case .written: return
    case .prepared: reason = "depends on statistics that are computed from the inputs"
    case .constant: reason = "is computed from the inputs, not from weights alone"
    case .trainingOnly: reason = "occurs only while a network is trained"
    }
    throw Self.unsupported(operation, node: node, reason)
  }

  /// Why a node has no place in a C program.
  static func unsupported(
    _ operation: Operation, node: String, _ reason: String
  ) -> ExportError {
    ExportError(
      .unsupported, "\(operation.kind.rawValue) at \(node) cannot be written in C: it \(reason)",
      remedy: "export the network as it is run, not as it is trained")
  }
}

extension CLowering {
  /// Where a value lies.
  mutating func place(of value: Graph.Value) -> CPlace {
    if let place = members.places[value] ?? constantPlaces[value] { return place }
    let type = graph[value].type
    if let tensor = constants.tensors[value] {
      let place = CPlace(
        memory: .array(arrays.add(tensor.elements, "\(graph[value].name) \(type)")),
        stride: type.shape.channels, type: type)
      constantPlaces[value] = place
      return place
    }
    guard let place = plan.places[value.position] else {
      preconditionFailure("\(graph[value].name) has no place")
    }
    let buffer = plan.buffers[place.buffer]
    return CPlace(
      memory: .arena(4 * buffer.offset), channelOffset: place.channelOffset,
      stride: buffer.pixelStride, type: type)
  }

  /// The elements of an operand that must not depend on the inputs.
  ///
  /// - Throws: `.unsupported` where it does.
  func constant(_ value: Graph.Value, of node: CNode) throws(ExportError) -> Tensor<Float> {
    guard let tensor = constants.tensors[value] else {
      throw Self.unsupported(
        node.operation, node: node.name,
        "takes weights (\(graph[value].name)) that are computed from the inputs")
    }
    return tensor
  }

  mutating func add(floats: [Float], _ comment: String) -> String { arrays.add(floats, comment) }

  mutating func add(bytes: [Int8], _ comment: String) -> String { arrays.add(bytes, comment) }

  /// Lets the program contain pieces.
  mutating func use(_ parts: CPart...) { self.parts.formUnion(parts) }

  /// What an activation is called in C.
  mutating func name(of activation: Activation?) -> String {
    switch activation {
    case nil: return "IDENTITY"
    case .relu: return "RELU"
    case .sigmoid:
      hasSigmoid = true
      return "SIGMOID"
    }
  }

  /// Memory behind the activations for one layer: bytes of each part, and where each begins.
  mutating func scratch(_ byteCounts: Int...) -> [Int] {
    var end = 0
    let offsets = byteCounts.map { count in
      defer { end += (count + 15) / 16 * 16 }
      return plannedByteCount + end
    }
    scratchByteCount = max(scratchByteCount, end)
    return offsets
  }

  /// Adds a layer.
  mutating func add(_ name: String, _ comment: String, _ body: String, cost: Int) {
    layers.append(
      CLayer(name: name, comment: comment, multiplyAccumulates: cost, body: body))
  }
}
