import Tensors

/// Images that can be stored as bytes, in groups that must be stored alike.
struct ByteGroups {
  /// A representative of each value's group.
  private var parents: [Graph.Value: Graph.Value] = [:]
  private var members: Set<Graph.Value> = []

  init(_ graph: Graph) {
    var candidates = graph.values.filter { graph.couldBeBytes($0) }
    // What a value is a view or a part of must be bytes, too: take away until nothing changes.
    var count = 0
    while count != candidates.count {
      count = candidates.count
      let set = Set(candidates)
      candidates = candidates.filter { graph.isStoredAlike($0, with: set) }
    }
    members = Set(candidates)
    for value in candidates {
      for other in graph.storedAlike(value) where members.contains(other) { join(value, other) }
    }
    dropGroupsWithoutProducts(graph)
  }

  /// The group that a value belongs to; nothing for floats.
  func group(of value: Graph.Value) -> Graph.Value? {
    members.contains(value) ? root(value) : nil
  }

  /// How each value is stored.
  func quantizations(
    _ ranges: [String: ClosedRange<Float>], in graph: Graph
  ) throws(GraphError) -> [Graph.Value: Quantization] {
    var joined: [Graph.Value: ClosedRange<Float>] = [:]
    for value in graph.values {
      guard let group = group(of: value) else { continue }
      guard let range = ranges[graph[value].name] else { continue }
      let old = joined[group] ?? range
      joined[group] =
        min(old.lowerBound, range.lowerBound)...max(old.upperBound, range.upperBound)
    }
    var result: [Graph.Value: Quantization] = [:]
    for value in graph.values {
      guard let group = group(of: value) else { continue }
      guard let range = joined[group] else {
        throw GraphError(
          .operandType, "no range of its values is given", node: graph[value].name)
      }
      result[value] = Quantization(holding: range)
    }
    return result
  }

  /// Bytes are worth it only where a product reads them.
  private mutating func dropGroupsWithoutProducts(_ graph: Graph) {
    var read: Set<Graph.Value> = []
    for value in graph.values {
      guard
        case .operation(let operation, let operands) = graph[value].source,
        operation.multipliesFirstOperand, let image = operands.first,
        let group = group(of: image)
      else { continue }
      read.insert(group)
    }
    members = members.filter { read.contains(root($0)) }
  }

  private func root(_ value: Graph.Value) -> Graph.Value {
    var value = value
    while let parent = parents[value] { value = parent }
    return value
  }

  private mutating func join(_ a: Graph.Value, _ b: Graph.Value) {
    let (first, second) = (root(a), root(b))
    if first != second { parents[second] = first }
  }
}

extension Operation {
  /// Whether the first operand is an image that is multiplied by weights.
  var multipliesFirstOperand: Bool {
    switch kind {
    case .convolution, .transposedConvolution, .depthwiseConvolution, .contextAggregation: true
    default: false
    }
  }
}

extension Graph {
  /// Whether a value is an image whose operation can store bytes.
  fileprivate func couldBeBytes(_ value: Value) -> Bool {
    guard
      case .operation(let operation, _) = self[value].source, self[value].type.shape.rank == 4,
      self[value].type.element == .float32, !outputs.contains(where: { $0.value == value })
    else { return false }
    return switch operation {
    case .convolution, .transposedConvolution, .depthwiseConvolution, .contextAggregation,
      .concatenation, .channelSlice:
      true
    case .maxPooling(let pooling): !pooling.storesPlaces
    default: false
    }
  }

  /// The operands that a value is stored like: what it is a part, a whole or a maximum of.
  fileprivate func storedAlike(_ value: Value) -> [Value] {
    guard case .operation(let operation, let operands) = self[value].source else { return [] }
    return switch operation.kind {
    case .concatenation, .channelSlice, .maxPooling: operands
    default: []
    }
  }

  fileprivate func isStoredAlike(_ value: Value, with candidates: Set<Value>) -> Bool {
    storedAlike(value).allSatisfy(candidates.contains)
      && values.allSatisfy { user in
        candidates.contains(user) || !storedAlike(user).contains(value)
      }
  }
}
