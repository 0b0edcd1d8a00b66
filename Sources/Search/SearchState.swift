import Kernels
import Tensors
import Training

/// What changes from step to step besides the weights.
struct SearchState {
  /// Steps of the weights that are done.
  var step = 0
  /// Steps of the architecture that are done.
  var architectureStep = 0
  /// What the weight of latency has gathered so far.
  var latencyWeight = 0.0

  private static let own = "search/state"

  /// A checkpoint of everything that decides how a search goes on.
  func checkpoint(
    of shared: SharedWeights, recipe: String, context: SearchContext
  ) -> Checkpoint {
    var tensors = shared.tensors
    // A weight in two parts keeps the digits that one 32-bit number would lose.
    let high = Float(latencyWeight)
    tensors[Self.own] = Tensor(
      [3], [Float(architectureStep), high, Float(latencyWeight - Double(high))])
    return Checkpoint(
      state: CheckpointState(
        step: step, recipe: recipe, seed: context.configuration.training.seed, ranks: 1,
        threads: context.threadCount, backend: context.backend.rawValue,
        program: context.program),
      tensors: tensors)
  }

  /// The state in a checkpoint.
  ///
  /// - Throws: `.mismatched` where it is of another recipe or no search's.
  func restored(
    from checkpoint: Checkpoint, recipe: String, path: String
  ) throws(TrainingError) -> SearchState {
    try checkpoint.state.check(recipe: recipe, path: path)
    guard let own = checkpoint.tensors[Self.own], own.shape == [3] else {
      throw TrainingError(
        .mismatched, "the checkpoint is no search's", remedy: "search in another folder",
        path: path)
    }
    var state = self
    state.step = checkpoint.state.step
    state.architectureStep = Int(own[0])
    state.latencyWeight = Double(own[1]) + Double(own[2])
    return state
  }

  /// The checkpoint's tensors that are the weights' concern.
  func withoutOwn(_ checkpoint: Checkpoint) -> Checkpoint {
    var rest = checkpoint
    rest.tensors[Self.own] = nil
    return rest
  }
}
