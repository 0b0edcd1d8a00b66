import Tensors

/// Builds a new graph from an old one.
///
/// Each old value gets a definition: an operation on values of the old or new graph. Definitions
/// become nodes only when something asks for them, so a pass can hold one back, extend it, and let
/// a later node take its place; what nothing asks for disappears.
struct GraphRewriter {
  /// A node that has not been built yet.
  struct Definition {
    var name: String
    var operation: Operation
    var operands: [Operand]
  }

  /// What a definition refers to.
  enum Operand {
    /// A value of the old graph, built when needed.
    case old(Graph.Value)
    /// Another definition, such as a parameter's scaled copy.
    indirect case new(Definition)
  }

  let old: Graph
  private var new = Graph()
  private var definitions: [Graph.Value: Definition] = [:]
  private var replacements: [Graph.Value: Graph.Value] = [:]
  private var built: [Graph.Value: Graph.Value] = [:]
  private var frozen: Set<String> = []

  init(_ graph: Graph) {
    old = graph
    for value in graph.values {
      if case .operation(let operation, let operands) = graph[value].source {
        definitions[value] = Definition(
          name: graph[value].name, operation: operation, operands: operands.map(Operand.old))
      }
    }
  }

  /// The definition a value has so far, if it is an operation's.
  func definition(of value: Graph.Value) -> Definition? { definitions[value] }

  /// Gives a value another definition under the name it has.
  mutating func define(
    _ value: Graph.Value, as operation: Operation, of operands: [Operand]
  ) {
    definitions[value] = Definition(
      name: old[value].name, operation: operation, operands: operands)
  }

  /// Makes a parameter one that is not trained.
  mutating func freeze(_ parameter: String) { frozen.insert(parameter) }

  /// Lets every use of a value take another old value.
  mutating func replace(_ value: Graph.Value, with other: Graph.Value) {
    replacements[value] = other
  }

  /// The value that stands for an old one after replacements.
  func resolved(_ value: Graph.Value) -> Graph.Value {
    var value = value
    while let other = replacements[value] { value = other }
    return value
  }

  /// Builds what the outputs need, inputs and parameters in their old order first.
  mutating func finished() throws(GraphError) -> Graph {
    let needed = neededLeaves()
    for value in old.values where needed.contains(value) {
      let node = old[value]
      switch node.source {
      case .input: built[value] = try new.input(node.name, node.type)
      case .parameter(let role):
        built[value] = try new.parameter(
          node.name, node.type.shape, frozen.contains(node.name) ? .statistic : role)
      case .operation: break
      }
    }
    for output in old.outputs {
      try new.output(output.name, try build(.old(output.value)))
    }
    try new.verify()
    return new
  }

  private mutating func build(_ operand: Operand) throws(GraphError) -> Graph.Value {
    switch operand {
    case .new(let definition):
      if let value = new.value(named: definition.name) { return value }
      return try build(definition)
    case .old(let unresolved):
      let value = resolved(unresolved)
      if let done = built[value] { return done }
      guard let definition = definitions[value] else {
        preconditionFailure("\(old[value].name) is a leaf that was not counted as needed")
      }
      let result = try build(definition)
      built[value] = result
      return result
    }
  }

  private mutating func build(_ definition: Definition) throws(GraphError) -> Graph.Value {
    var operands: [Graph.Value] = []
    for operand in definition.operands {
      operands.append(try build(operand))
    }
    return try new.apply(definition.operation, to: operands, name: definition.name)
  }

  private func neededLeaves() -> Set<Graph.Value> {
    var seen: Set<Graph.Value> = []
    var queue = old.outputs.map { Operand.old($0.value) }
    while let operand = queue.popLast() {
      switch operand {
      case .new(let definition): queue += definition.operands
      case .old(let unresolved):
        let value = resolved(unresolved)
        if seen.insert(value).inserted {
          queue += definitions[value]?.operands ?? []
        }
      }
    }
    return seen
  }
}

extension Graph {
  /// How many operands and outputs refer to each value.
  var useCounts: [Value: Int] {
    var counts: [Value: Int] = [:]
    for node in nodes {
      guard case .operation(_, let operands) = node.source else { continue }
      for operand in operands { counts[operand, default: 0] += 1 }
    }
    for output in outputs { counts[output.value, default: 0] += 1 }
    return counts
  }
}
