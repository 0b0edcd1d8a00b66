import Graphs
import Networks
import Tensors
import Training

/// The weights of all networks of a space, shared by them, with what the optimiser remembers of each.
///
/// A network whose parts are narrower than the widest has the first elements in each dimension, as slimmable
/// networks do (Yu et al., arXiv 1812.08928).
struct SharedWeights {
  private(set) var values: ParameterValues
  private(set) var memory: [String: Tensor<Float>]
  /// How many steps each parameter has taken part in.
  private(set) var ages: [String: Int]

  /// Fresh weights that nothing is remembered of.
  ///
  /// - Parameters:
  ///   - values: all parameters.
  ///   - optimizer: the rule of the weights; the architecture has its own.
  init(_ values: ParameterValues, optimizer: OptimizerConfiguration) {
    self.values = values
    let shapes = values.mapValues(\.shape)
    let architecture = Optimizer<Float>(
      SuperNetwork.architectureOptimizer,
      shapes: shapes.filter { SuperNetwork.isArchitecture($0.key) })
    memory = Optimizer<Float>(optimizer, shapes: shapes).memory
      .merging(architecture.memory) { weights, _ in weights }
    ages = values.mapValues { _ in 0 }
  }

  /// The weights of a network's parameters.
  ///
  /// - Throws: `.order` where there are none of a name.
  func values(of graph: Graph) throws(GraphError) -> ParameterValues {
    var own: ParameterValues = [:]
    for node in graph.parameters {
      guard let shared = values[BlockNetwork.sharedName(of: node.name)] else {
        throw GraphError(.order, "nothing is shared for \(node.name)", node: node.name)
      }
      own[node.name] = shared.leading(node.type.shape)
    }
    return own
  }

  /// The optimiser for some of the parameters, with what it remembers of them.
  func optimizer(
    _ configuration: OptimizerConfiguration, shapes: [String: TensorShape]
  ) -> Optimizer<Float> {
    var optimizer = Optimizer<Float>(configuration, shapes: shapes)
    let own = optimizer.memory.compactMap { name, empty in
      memory[name].map { (name, $0.leading(empty.shape)) }
    }
    optimizer.memory = Dictionary(uniqueKeysWithValues: own)
    return optimizer
  }

  /// Takes back what a step has changed.
  mutating func take(_ step: GradientStep) {
    let (parameters, memory) = (step.parameters, step.optimizer.memory)
    for name in step.graph.trainable {
      if let changed = parameters[name] { values[name]?.replaceLeading(with: changed) }
      ages[name, default: 0] += 1
    }
    for (name, changed) in memory { self.memory[name]?.replaceLeading(with: changed) }
  }

  private static let (weights, age) = ("weights/", "age/")

  /// Everything as tensors by name, for a checkpoint.
  var tensors: [String: Tensor<Float>] {
    var tensors = memory
    for (name, tensor) in values { tensors[Self.weights + name] = tensor }
    for (name, age) in ages { tensors[Self.age + name] = Tensor([1], [Float(age)]) }
    return tensors
  }

  /// Goes on with what a checkpoint holds.
  ///
  /// - Throws: `.mismatched` where that is of another space.
  mutating func restore(_ checkpoint: Checkpoint, path: String) throws(TrainingError) {
    try checkpoint.check(against: tensors.mapValues(\.shape), path: path)
    for name in values.keys { values[name] = checkpoint.tensors[Self.weights + name] }
    for name in memory.keys { memory[name] = checkpoint.tensors[name] }
    for name in ages.keys { ages[name] = Int(checkpoint.tensors[Self.age + name]?[0] ?? 0) }
  }

  /// Takes the weights of another search of the same space, but not its architecture.
  ///
  /// - Throws: `.mismatched` where they are of another space.
  mutating func takeWeights(of checkpoint: Checkpoint, path: String) throws(SearchError) {
    for name in values.keys where !SuperNetwork.isArchitecture(name) {
      guard let tensor = checkpoint.tensors[Self.weights + name],
        tensor.shape == values[name]?.shape
      else {
        throw SearchError(
          .mismatched, "the search there has no weights \(name) of that shape",
          remedy: "give the recipe of that search, or name a search of this space", path: path)
      }
      values[name] = tensor
    }
  }
}
