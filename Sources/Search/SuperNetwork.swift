import Exchange
import Graphs
import Kernels
import Networks
import Tensors
import Training

/// One network of a space, or several that share their places, ready for one step.
///
/// Only the candidates that take part are computed: that is what lets two processor cores search.
struct SuperNetwork {
  let configuration: SearchConfiguration
  let networks: any CandidateNetworks
  let images: ImageBatch
  let latencies: CandidateLatencies
  let backend: Backend
  let threadCount: Int

  var places: [CandidatePlace] { networks.places }

  /// A step of the weights of one network: the candidates at the given positions.
  func weightStep(_ choices: [Int], _ shared: SharedWeights) throws -> GradientStep {
    let network = try networks.network(choices, for: images)
    let graph = try TrainingGraph(network, loss: configuration.training.loss)
    return try step(graph, shared, configuration.training.optimizer)
  }

  /// A step of the architecture, with some candidates at each place; the weights stay.
  func architectureStep(_ part: [[Int]], _ shared: SharedWeights) throws -> GradientStep {
    let network = try networks.mixture(of: part, for: images)
    let weighting = configuration.latency
    var options = TrainingGraph.Options()
    options.trains = Self.isArchitecture
    options.completion = { graph throws(GraphError) in try graph.weighing(weighting) }
    let graph = try TrainingGraph(
      network, loss: configuration.training.loss, options: options)
    return try step(graph, shared, Self.architectureOptimizer)
  }

  private func step(
    _ graph: TrainingGraph, _ shared: SharedWeights, _ rule: OptimizerConfiguration
  ) throws -> GradientStep {
    try GradientStep(
      graph, parameters: try shared.values(of: graph.graph),
      optimizer: shared.optimizer(rule, shapes: graph.trainableShapes),
      coefficient: configuration.training.loss.coefficient, statisticsDecay: 0, backend: backend,
      threadCount: threadCount)
  }

  /// The inputs of a step of the architecture beside those of any training.
  ///
  /// What candidates cost is what they do on average by the other places' shares in this step.
  func architectureInputs(
    _ architecture: Architecture, part: [[Int]], noise: [[Double]], temperature: Double,
    weight: Double
  ) -> [String: Tensor<Float>] {
    let costs = latencies.linear(
      at: architecture.shares(noise: noise, temperature: temperature))
    var inputs: [String: Tensor<Float>] = [
      "inverse_temperature": Tensor([1], [Float(1 / temperature)]),
      "latency_rest": Tensor([1], [Float(costs.rest)]),
      "latency_weight": Tensor([1], [Float(weight)]),
    ]
    for (index, place) in places.enumerated() where place.candidates.count > 1 {
      let shape: TensorShape = [place.candidates.count]
      // Far below any logit with its noise: a softmax makes nothing of it.
      let mask = place.candidates.indices.map { part[index].contains($0) ? 0 : -Float(1e6) }
      inputs["\(place.name)/mask"] = Tensor(shape, mask)
      inputs["\(place.name)/noise"] = Tensor(shape, noise[index].map { Float($0) })
      inputs["\(place.name)/latency"] = Tensor(shape, costs.byPlace[index].map { Float($0) })
    }
    return inputs
  }

  /// What has been learned of the places so far.
  func architecture(in values: ParameterValues) -> Architecture {
    Architecture(
      places.map { place in
        values["\(place.name)/architecture"] ?? Tensor([place.candidates.count])
      })
  }

  /// Whether a parameter of this name is the architecture's.
  static let isArchitecture: @Sendable (String) -> Bool = {
    $0.hasSuffix("/architecture")
  }

  /// Adam as for a generator's latent numbers: the last step counts for half.
  static let architectureOptimizer: OptimizerConfiguration = {
    var rule = OptimizerConfiguration()
    rule.method = .adam
    rule.momentum = 0.5
    rule.clipping = .none
    return rule
  }()
}
