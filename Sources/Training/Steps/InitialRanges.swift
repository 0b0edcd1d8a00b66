import Exchange
import Execution
package import Graphs
package import Kernels
import Tensors

/// What images hold before anything is rounded: what the parameters of their ranges begin with.
package enum InitialRanges {
  /// As `lidarseg quantize` cuts them.
  private static let tails = RangeMethod.tails(1e-4)

  /// Measures a network's images.
  ///
  /// - Parameters:
  ///   - places: the images.
  ///   - network: without rounding, for the images of a batch.
  ///   - weights: its weights.
  ///   - batches: what it sees.
  ///   - backend: whose kernels to use.
  ///   - threadCount: at least 1.
  /// - Returns: a least and a greatest number for each image, by the parameter's name.
  /// - Throws: where a weight is missing or of another shape.
  package static func measured(
    _ places: RoundingPlaces, of network: Graph, _ weights: ParameterValues, in batches: [Batch],
    backend: Backend, threadCount: Int
  ) throws -> ParameterValues {
    let session = try Session(
      try network.optimizedForInference(), parameters: weights, backend: backend,
      threadCount: threadCount)
    let names = Set(session.graph.inputs.map(\.name))
    let found = ActivationRanges.measured(by: tails, in: session) { run in
      for batch in batches {
        for (name, tensor) in ["features": batch.features, "mask": batch.mask]
        where names.contains(name) {
          session.withUnsafeInput(name) { memory in
            tensor.withUnsafeElements { _ = memory.update(fromContentsOf: $0) }
          }
        }
        run()
      }
    }
    var ranges: ParameterValues = [:]
    for image in places.images {
      let own = image.storedNodes.compactMap { found[$0] }
      let (low, high) = own.reduce((Float(0), Float(0))) {
        (min($0.0, $1.lowerBound), max($0.1, $1.upperBound))
      }
      ranges[image.rangeName] = Tensor([2], [low, high])
    }
    return ranges
  }
}

extension SampleSequence {
  /// The batches of the first steps.
  ///
  /// - Parameters:
  ///   - images: how many images, at least one batch.
  ///   - configuration: whose steps.
  ///   - share: this process's part of each batch.
  /// - Returns: whole batches.
  /// - Throws: what reading samples throws.
  package func firstBatches(
    images: Int, _ configuration: TrainingConfiguration, share: BatchQueue.Share
  ) throws -> [Batch] {
    let queue = BatchQueue(
      self, input: configuration.task.input(configuration.network.input),
      task: configuration.task, share: share, workerCount: 1)
    defer { queue.stop() }
    var batches: [Batch] = []
    for _ in 0..<max(1, images / configuration.batch) { batches.append(try queue.next()) }
    return batches
  }
}
