import Exchange
import Graphs
import Kernels
import PointClouds
import RangeImages
import Ranks
import Tensors

extension TrainingContext {
  /// The network for images of a geometry, with the rounding that it learns to live with.
  ///
  /// - Throws: `.invalidConfiguration` where its channels do not fit each other, or the rounding is of
  ///   another network.
  func network(_ geometry: ImageGeometry, batch: Int) throws -> Graph {
    let network = try unroundedNetwork(geometry, batch: batch)
    guard configuration.rounding.isActive else { return network }
    let places = try network.roundingPlaces()
    return try network.rounding(places, to: try configuration.rounding.bits(of: places))
  }

  /// The network without any rounding.
  func unroundedNetwork(_ geometry: ImageGeometry, batch: Int) throws(TrainingError) -> Graph {
    do {
      return try configuration.network.graph(
        classCount: labelMap.classes.count, size: Extent(geometry.rows, geometry.columns),
        batch: batch, task: configuration.task)
    } catch {
      throw TrainingError(
        .invalidConfiguration,
        "no network has the width \(configuration.network.width): \(error.node): \(error.message)",
        remedy: "use a network.width that keeps channels whole, such as a multiple of 0.25")
    }
  }

  /// This process's part of each batch.
  var share: BatchQueue.Share {
    get throws(TrainingError) {
      try BatchQueue.Share(
        batchSize: configuration.batch, rank: ranks.rank, rankCount: ranks.count)
    }
  }

  /// How gradients are computed.
  var graphOptions: TrainingGraph.Options {
    var options = TrainingGraph.Options()
    options.recomputesActivations = recomputesActivations
    options.rankCount = ranks.count
    return options
  }

  /// Fresh weights, or those of a model file; and what images hold, where they are rounded.
  ///
  /// - Throws: `.mismatched` with the missing and unexpected names where the file is of another network.
  func initialWeights(_ samples: SampleSequence) throws -> ParameterValues {
    let network = try unroundedNetwork(samples.geometry, batch: try share.count)
    guard !configuration.initialWeights.isEmpty else {
      return WeightInitialization.weights(for: network, seed: configuration.seed)
    }
    let weights = try ModelFile.read(configuration.initialWeights).parameters
    do throws(GraphError) {
      try network.check(weights)
    } catch {
      throw TrainingError(
        .mismatched, error.message, remedy: "give a model of the recipe's network",
        path: configuration.initialWeights)
    }
    guard configuration.rounding.isActive else { return weights }
    return weights.merging(try initialRanges(of: network, weights, samples)) { $1 }
  }

  /// Refuses a checkpoint of another run: recipe, network, kernels, or number of processes or threads.
  func check(
    _ checkpoint: Checkpoint, shapes: [String: TensorShape], memory: [String: TensorShape]
  ) throws(TrainingError) {
    try checkpoint.state.check(recipe: recipe, path: folder)
    try checkpoint.state.check(
      ranks: ranks.count, threads: threadCount, backend: backend, path: folder)
    var expected = memory
    for (name, shape) in shapes {
      expected[RunState.weights + name] = shape
      if configuration.averageDecay > 0 { expected[RunState.averages + name] = shape }
    }
    try checkpoint.check(against: expected, path: folder)
  }
}
