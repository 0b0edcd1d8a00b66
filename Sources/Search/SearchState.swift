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

  private static let (own, prices) = ("search/state", "search/latencies")

  /// A checkpoint of everything that decides how a search goes on.
  func checkpoint(
    of shared: SharedWeights, recipe: String, context: SearchContext
  ) -> Checkpoint {
    var tensors = shared.tensors
    // A weight in three parts keeps the digits that 32-bit numbers would lose.
    let high = Float(latencyWeight)
    let middle = Float(latencyWeight - Double(high))
    let low = Float(latencyWeight - Double(high) - Double(middle))
    tensors[Self.own] = Tensor([4], [Float(architectureStep), high, middle, low])
    tensors[Self.prices] = context.latencies.tensor
    return Checkpoint(
      state: CheckpointState(
        step: step, recipe: recipe, seed: context.configuration.training.seed, ranks: 1,
        threads: context.threadCount, backend: context.backend.rawValue,
        program: context.program),
      tensors: tensors)
  }

  /// The state in a checkpoint.
  ///
  /// - Throws: `.mismatched` where it is of another recipe, other latencies, threads or kernels, or no search's.
  func restored(
    from checkpoint: Checkpoint, _ context: SearchContext
  ) throws(TrainingError) -> SearchState {
    let path = context.folder
    try checkpoint.state.check(recipe: context.recipe, path: path)
    try checkpoint.state.check(
      ranks: 1, threads: context.threadCount, backend: context.backend, path: path)
    guard let own = checkpoint.tensors[Self.own], own.shape == [4] else {
      throw TrainingError(
        .mismatched, "the checkpoint is no search's", remedy: "search in another folder",
        path: path)
    }
    guard checkpoint.tensors[Self.prices] == context.latencies.tensor else {
      throw TrainingError(
        .mismatched, "the search was begun with another latency table",
        remedy: "name the table that it was begun with, or search in another folder", path: path)
    }
    var state = self
    state.step = checkpoint.state.step
    state.architectureStep = Int(own[0])
    state.latencyWeight = Double(own[1]) + Double(own[2]) + Double(own[3])
    return state
  }

  /// The checkpoint's tensors that are the weights' concern.
  func withoutOwn(_ checkpoint: Checkpoint) -> Checkpoint {
    var rest = checkpoint
    for name in [Self.own, Self.prices] { rest.tensors[name] = nil }
    return rest
  }
}

extension CandidateLatencies {
  /// All figures in a fixed order, by which one table's are told from another's.
  fileprivate var tensor: Tensor<Float> {
    let together = terms.flatMap { term in
      term.costs.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    }
    let figures = ([rest] + byPlace.joined() + together).map { Float($0) }
    return Tensor([figures.count], figures)
  }
}
