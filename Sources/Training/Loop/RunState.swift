import Exchange
import Graphs
import Kernels
import Ranks
import Tensors

/// What changes from step to step besides the weights in the session.
struct RunState {
  /// Steps that are done.
  var step = 0
  var bestScore: Double?
  var bestStep: Int?
  /// The weights' moving average, where one is kept.
  var average: MovingAverage?

  static let weights = "weights/"
  static let averages = "average/"

  /// A checkpoint of a step's weights and of everything else that decides how a run goes on.
  func checkpoint(
    of gradientStep: GradientStep, _ context: TrainingContext
  ) -> Checkpoint {
    var tensors = gradientStep.optimizer.memory
    for (name, tensor) in gradientStep.parameters { tensors[Self.weights + name] = tensor }
    for (name, tensor) in average?.values ?? [:] { tensors[Self.averages + name] = tensor }
    return Checkpoint(
      state: CheckpointState(
        step: step, bestScore: bestScore, bestStep: bestStep, recipe: context.recipe,
        seed: context.configuration.seed, ranks: context.ranks.count,
        threads: context.threadCount, backend: context.backend.rawValue,
        program: context.program),
      tensors: tensors)
  }

  /// The state in a checkpoint.
  init(_ checkpoint: Checkpoint, averageDecay: Double) {
    step = checkpoint.state.step
    bestScore = checkpoint.state.bestScore
    bestStep = checkpoint.state.bestStep
    let values = checkpoint.tensors(withPrefix: Self.averages)
    if averageDecay > 0 { average = MovingAverage(decay: averageDecay, values: values) }
  }

  /// The state before the first step.
  init(weights: ParameterValues, averageDecay: Double) {
    if averageDecay > 0 { average = MovingAverage(decay: averageDecay, values: weights) }
  }
}

extension Checkpoint {
  /// The tensors of one sort, without the prefix that tells it.
  func tensors(withPrefix prefix: String) -> [String: Tensor<Float>] {
    Dictionary(
      uniqueKeysWithValues: tensors.filter { $0.key.hasPrefix(prefix) }
        .map { (String($0.key.dropFirst(prefix.count)), $0.value) })
  }
}
