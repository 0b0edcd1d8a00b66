import Tensors

/// Statistics that training gathers beside the gradients: a batch normalisation's moving mean and
/// variance, and the output that holds the batch's own.
public struct MovingStatistics: Equatable, Sendable {
  /// The name of the parameter with the moving mean.
  public let mean: String
  /// The name of the parameter with the moving variance.
  public let variance: String
  /// The name of the output with the batch's means and variances, `[2 C]`.
  public let moments: String
}

extension Graph {
  /// The graph for training: batch normalisation takes the batch's own statistics and lets them leave
  /// as outputs, poolings store the places of their maxima, conditional random fields are taken
  /// apart, and activations are done by what comes before them.
  public func preparedForTraining() throws(GraphError) -> Graph {
    var rewriter = GraphRewriter(self)
    for value in values {
      guard case .operation(let operation, let operands) = self[value].source else { continue }
      if case .batchNormalization(let normalization) = operation {
        rewriter.define(value, asTraining: normalization, of: operands)
      } else if case .maxPooling(let pooling) = operation {
        rewriter.define(value, asStoring: pooling, of: operands[0])
      } else if case .recurrentCRF(let field) = operation {
        rewriter.define(value, asPartsOf: field, of: operands)
      }
    }
    var prepared = try rewriter.finished()
    for statistics in movingStatistics {
      let name = statistics.moments.dropFirst("moments/".count)
      if let moments = prepared.value(named: "\(name)/moments") {
        try prepared.output(statistics.moments, moments)
      }
    }
    return try prepared.fusingActivations()
  }

  /// The graph in which only some parameters are trainable; the others are statistics to it.
  public func training(_ isTrained: (String) -> Bool) throws(GraphError) -> Graph {
    var rewriter = GraphRewriter(self)
    for node in nodes where node.source == .parameter(.trainable) && !isTrained(node.name) {
      rewriter.freeze(node.name)
    }
    return try rewriter.finished()
  }

  /// What `preparedForTraining()` lets leave beside the network's outputs.
  public var movingStatistics: [MovingStatistics] {
    nodes.compactMap { node in
      guard case .operation(.batchNormalization, let operands) = node.source else { return nil }
      return MovingStatistics(
        mean: self[operands[3]].name, variance: self[operands[4]].name,
        moments: "moments/\(node.name)")
    }
  }

  /// The graph with activations done by the convolution or normalisation before them, where nothing
  /// else uses the value between.
  private func fusingActivations() throws(GraphError) -> Graph {
    var rewriter = GraphRewriter(self)
    let uses = useCounts
    for value in values {
      guard
        case .operation(.activation(let activation), let operands) = self[value].source,
        uses[operands[0]] == 1, let before = rewriter.definition(of: operands[0])
      else { continue }
      if case .momentNormalization(var normalization) = before.operation {
        normalization.activation = activation
        rewriter.define(value, as: .momentNormalization(normalization), of: before.operands)
      } else if var epilogue = before.operation.epilogue, epilogue.activation == nil,
        !epilogue.affine, !epilogue.addend, !epilogue.factor
      {
        epilogue.activation = activation
        rewriter.define(value, as: before.operation.with(epilogue), of: before.operands)
      }
    }
    return try rewriter.finished()
  }
}

extension GraphRewriter {
  fileprivate mutating func define(
    _ value: Graph.Value, asTraining normalization: BatchNormalization, of operands: [Graph.Value]
  ) {
    let moments = Definition(
      name: "\(old[value].name)/moments", operation: .batchMoments(BatchMoments()),
      operands: [.old(operands[0])])
    define(
      value, as: .momentNormalization(MomentNormalization(epsilon: normalization.epsilon)),
      of: operands[..<3].map(Operand.old) + [.new(moments)])
  }

  fileprivate mutating func define(
    _ value: Graph.Value, asStoring pooling: MaxPooling, of operand: Graph.Value
  ) {
    let storing = MaxPooling(kernel: pooling.kernel, stride: pooling.stride, storesPlaces: true)
    let pooled = Definition(
      name: "\(old[value].name)/places", operation: .maxPooling(storing),
      operands: [.old(operand)])
    let count = old[value].type.shape.channels
    define(value, as: .channelSlice(ChannelSlice(first: 0, count: count)), of: [.new(pooled)])
  }

  /// The iterations of a field one after the other, of operations that each have a gradient.
  fileprivate mutating func define(
    _ value: Graph.Value, asPartsOf field: RecurrentCRF, of operands: [Graph.Value]
  ) {
    guard field.iterations > 0 else { return replace(value, with: operands[0]) }
    let name = old[value].name
    let count = old[value].type.shape.channels
    func part(_ suffix: String, _ operation: some OperationAttributes, _ operands: Operand...)
      -> Operand
    {
      .new(
        Definition(
          name: "\(name)/\(suffix)", operation: operation.operation, operands: operands))
    }
    let matrix = Reshaping(to: [1, 1, count, count])
    let angular = part("angular_kernels", matrix, .old(operands[3]))
    let bilateral = part("bilateral_kernels", matrix, .old(operands[4]))
    let product = Convolution(kernel: .one, epilogue: Epilogue(bias: false))
    var scores = Operand.old(operands[0])
    for step in 1...field.iterations {
      let u = part("\(step)/probabilities", Softmax(), scores)
      let a = part(
        "\(step)/angular", NeighbourSum(window: field.window, widths: field.angular), u)
      let near = part(
        "\(step)/near", NeighbourSum(window: field.window, widths: field.bilateralAngular), u)
      let similar = part(
        "\(step)/similar", BilateralSum(window: field.window, widths: field.bilateral), u,
        .old(operands[1]), .old(operands[2]))
      let b = part("\(step)/bilateral", Combination.product, similar, near)
      let first = part("\(step)/angular_scores", product, a, angular)
      let second = part("\(step)/bilateral_scores", product, b, bilateral)
      let sum = part("\(step)/sum", Combination.sum, u, first)
      if step < field.iterations {
        scores = part("\(step)/scores", Combination.sum, sum, second)
      } else {
        define(value, as: .combination(.sum), of: [sum, second])
      }
    }
  }
}
