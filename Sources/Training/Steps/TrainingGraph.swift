public import Graphs
public import Tensors

/// A network made ready to be trained: its loss, the gradients, and the statistics that it gathers.
public struct TrainingGraph: Sendable {
  /// Inputs of the network, `labels`, `weights` and the gradient's seed; outputs `loss`, `scores`,
  /// `gradient/NAME` and the batch's moments.
  public let graph: Graph
  /// The moving statistics of the network's batch normalisations.
  public let statistics: [MovingStatistics]
  /// The parameters that have a gradient, in the order in which their gradients are complete.
  public let trainable: [String]

  /// How gradients are computed.
  public struct Options: Sendable {
    /// Whether activations within blocks are computed again rather than kept.
    public var recomputesActivations = false
    /// How many machines share a batch.
    public var rankCount = 1
    /// Which parameters are trained, by their names; all unless said.
    public var trains: (@Sendable (String) -> Bool)?
    /// What is done to the network and its loss before it is differentiated: it may replace the output
    /// `loss`.
    public var completion: (@Sendable (Graph) throws(GraphError) -> Graph)?

    /// One machine that keeps everything; see the properties.
    public init() {}
  }

  /// Adds loss and gradients to a network.
  ///
  /// - Parameters:
  ///   - network: a graph with the output `scores`, for the images of one machine.
  ///   - loss: what is made small.
  ///   - task: what the network says.
  ///   - options: how.
  /// - Throws: `.notDifferentiable` at an operation that cannot be trained.
  public init(
    _ network: Graph, loss: LossConfiguration, task: TrainingTask = .segmentation,
    options: Options = Options()
  ) throws(GraphError) {
    statistics = network.movingStatistics
    let images = network.inputs.first?.type.shape[0] ?? 1
    var whole = try network.adding(loss, task: task, imageCount: images * options.rankCount)
    if let completion = options.completion { whole = try completion(whole) }
    if let trains = options.trains { whole = try whole.training(trains) }
    let prepared = try whole.preparedForTraining()
    var complete = try prepared.differentiated("loss") { node in
      !options.recomputesActivations || Self.isKept(node)
    }
    complete = try complete.fusingGradients()
    if options.rankCount > 1 { complete = try complete.averagingOverRanks() }
    graph = complete
    trainable = complete.outputs.compactMap { output in
      guard output.name.hasPrefix(Self.gradientPrefix) else { return nil }
      return String(output.name.dropFirst(Self.gradientPrefix.count))
    }
  }

  /// The shapes of the parameters that have a gradient.
  public var trainableShapes: [String: TensorShape] {
    let names = Set(trainable)
    return Dictionary(
      uniqueKeysWithValues: graph.parameters.filter { names.contains($0.name) }
        .map { ($0.name, $0.type.shape) })
  }

  /// What the name of a gradient starts with.
  static let gradientPrefix = "gradient/"

  /// Whether a value is kept for the way back: what leaves a block, whose name has no `/`, and what is
  /// small.
  private static func isKept(_ node: Graph.Node) -> Bool {
    !node.name.contains("/") || node.type.shape.rank < 4
  }
}
