import Tensors

/// Where a network's numbers are rounded when it runs in bytes.
public struct RoundingPlaces: Equatable, Sendable {
  /// Images that are stored alike.
  public struct Image: Equatable, Sendable {
    /// The name of the first of them, which stands for all.
    public var name: String
    /// The nodes that compute them, in the graph as it is trained.
    public var nodes: [String]
    /// The nodes that hold them, in the graph as it runs.
    public var storedNodes: [String]
    /// How many numbers they hold together, for one run.
    public var count: Int
  }

  /// Weights that meet such images.
  public struct Weights: Equatable, Sendable {
    /// The parameter.
    public var name: String
    /// How many there are.
    public var count: Int
    /// How many outputs they belong to, each of which has a step of its own.
    public var outputCount: Int
    /// Whether what they make is added to something else, so that a network can live without them.
    public var isBypassed: Bool
  }

  /// Images in the order of their computation.
  public var images: [Image]
  /// Weights in the order of their use.
  public var weights: [Weights]
  /// How many other numbers the prepared network keeps: biases, and weights that meet no rounded image.
  public var otherCount: Int
}

extension Graph {
  /// Where the numbers of this network, as it is trained, are rounded when it runs in bytes: what
  /// `quantized(_:)` rounds, told by the names of this graph.
  ///
  /// - Throws: where the graph cannot be prepared for inference.
  public func roundingPlaces() throws(GraphError) -> RoundingPlaces {
    let prepared = try optimizedForInference()
    let groups = ByteGroups(prepared)
    var images: [Value: RoundingPlaces.Image] = [:]
    var order: [Value] = []
    var weights: [RoundingPlaces.Weights] = []
    for value in prepared.values {
      guard case .operation(let operation, let operands) = prepared[value].source else { continue }
      if operation.multipliesFirstOperand, operation.rounds(operand: 1),
        groups.group(of: operands[0]) != nil, let name = prepared.parameter(behind: operands[1]),
        let parameter = self.value(named: name), !weights.contains(where: { $0.name == name })
      {
        weights.append(
          RoundingPlaces.Weights(
            name: name, count: self[parameter].type.shape.count,
            outputCount: self[parameter].type.shape.channels,
            isBypassed: operation.epilogue?.addend ?? false))
      }
      let node = prepared[value]
      guard let group = groups.group(of: value) else { continue }
      if images[group] == nil {
        order.append(group)
        images[group] = RoundingPlaces.Image(name: "", nodes: [], storedNodes: [], count: 0)
      }
      images[group]?.storedNodes.append(node.name)
      guard computesNumbers(node.name) else { continue }
      if images[group]?.nodes.isEmpty == true { images[group]?.name = node.name }
      images[group]?.nodes.append(node.name)
      images[group]?.count += node.type.shape.count
    }
    let kept = prepared.keptConstants.reduce(0) { $0 + prepared[$1].type.shape.count }
    return RoundingPlaces(
      images: order.compactMap { images[$0] }, weights: weights,
      otherCount: kept - weights.reduce(0) { $0 + $1.count })
  }

  /// What is known before the inputs are, and read by something that is not.
  private var keptConstants: Set<Value> {
    let constants = constantValues
    var kept: Set<Value> = []
    for value in values where !constants.contains(value) {
      guard case .operation(_, let operands) = self[value].source else { continue }
      kept.formUnion(operands.filter(constants.contains))
    }
    return kept
  }

  /// Whether there is a node of a name whose result holds new numbers, not those of an operand in another
  /// place.
  private func computesNumbers(_ name: String) -> Bool {
    guard let value = value(named: name), case .operation(let operation, _) = self[value].source
    else { return false }
    return switch operation.kind {
    case .concatenation, .channelSlice, .maxPooling: false
    default: true
    }
  }

  /// The parameter that weights are made of: itself, or what is scaled.
  private func parameter(behind value: Value) -> String? {
    switch self[value].source {
    case .input: nil
    case .parameter: self[value].name
    case .operation(_, let operands): operands.first.flatMap(parameter(behind:))
    }
  }
}
