import Graphs
import Tensors

/// The memory that the caller of a C program brings: inputs and outputs, and what lies in them.
struct CMembers {
  /// Names of the inputs in C, in the graph's order.
  let inputs: [String]
  /// Names of the outputs in C, in the graph's order.
  let outputs: [String]
  /// Inputs and their slices, and outputs that are computed where they leave.
  private(set) var places: [Graph.Value: CPlace] = [:]

  init(_ graph: Graph, constants: Set<Graph.Value>) {
    var taken = Self.reserved
    func fresh(_ wanted: String) -> String {
      var name = wanted.asCIdentifier
      while !taken.insert(name).inserted { name += "_" }
      return name
    }
    inputs = graph.inputs.map { fresh($0.name) }
    outputs = graph.outputs.map { fresh($0.name) }
    var names = inputs.makeIterator()
    for value in graph.values where graph[value].source == .input {
      guard let name = names.next() else { break }
      places[value] = Self.place(name, graph[value].type)
    }
    for (output, name) in zip(graph.outputs, outputs)
    where graph.canLeaveDirectly(output.value) && !constants.contains(output.value)
      && places[output.value] == nil
    {
      places[output.value] = Self.place(name, graph[output.value].type)
    }
    for value in graph.values {
      guard case .operation(.channelSlice(let slice), let operands) = graph[value].source,
        let whole = places[operands[0]]
      else { continue }
      places[value] = CPlace(
        memory: whole.memory, channelOffset: whole.channelOffset + slice.first,
        stride: whole.stride, type: graph[value].type)
    }
  }

  /// What the program's functions call other things.
  private static let reserved: Set<String> = [
    "arena", "memory", "layer", "m", "count", "arguments", "path", "numbers", "file", "first",
  ]

  private static func place(_ name: String, _ type: TensorType) -> CPlace {
    CPlace(memory: .member(name), stride: type.shape.channels, type: type)
  }
}

extension Graph {
  /// Whether a value is computed, in floats, into memory of any choice: not a view of something else,
  /// nor a whole whose parts are computed inside it.
  fileprivate func canLeaveDirectly(_ value: Value) -> Bool {
    guard self[value].type.element == .float32 else { return false }
    switch self[value].source {
    case .input, .parameter, .operation(.channelSlice, _), .operation(.concatenation, _):
      return false
    case .operation: return true
    }
  }
}
