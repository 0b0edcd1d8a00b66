import Graphs
import Tensors

/// What a run begins with: fresh weights, or all that its last checkpoint holds.
struct RunStart {
  let weights: ParameterValues
  let optimizer: Optimizer<Float>
  let state: RunState

  /// - Throws: `.mismatched` where the checkpoint is of another run, `.damaged`; errors of reading.
  init(
    _ context: TrainingContext, samples: SampleSequence, network: Graph, graph: TrainingGraph,
    store: CheckpointStore
  ) throws {
    let configuration = context.configuration
    var optimizer = Optimizer<Float>(configuration.optimizer, shapes: graph.trainableShapes)
    if context.resumes, let checkpoint = try store.latest() {
      let shapes = Dictionary(
        uniqueKeysWithValues: network.parameters.map { ($0.name, $0.type.shape) })
      try context.check(checkpoint, shapes: shapes, memory: optimizer.memory.mapValues(\.shape))
      optimizer.memory = checkpoint.tensors
      weights = checkpoint.tensors(withPrefix: RunState.weights)
      state = RunState(checkpoint, averageDecay: configuration.averageDecay)
    } else {
      weights = try context.initialWeights(samples)
      state = RunState(weights: weights, averageDecay: configuration.averageDecay)
    }
    self.optimizer = optimizer
  }
}
