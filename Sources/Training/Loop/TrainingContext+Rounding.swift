import Exchange
import Execution
import Graphs
import RangeImages
import Tensors

extension TrainingContext {
  /// What images hold before anything is rounded, as the parameters that hold it from then on.
  ///
  /// - Parameters:
  ///   - network: without rounding, for the images of a batch.
  ///   - weights: its weights.
  ///   - samples: what is learned from.
  /// - Returns: a least and a greatest number for each image that is rounded.
  /// - Throws: what reading samples throws; `.invalidConfiguration` where the rounding is of another network.
  func initialRanges(
    of network: Graph, _ weights: ParameterValues, _ samples: SampleSequence
  ) throws -> ParameterValues {
    let session = try Session(
      try network.optimizedForInference(), parameters: weights, backend: backend,
      threadCount: threadCount)
    let batches = try batches(samples)
    let names = Set(session.graph.inputs.map(\.name))
    let found = ActivationRanges.measured(by: Self.initialTails, in: session) { run in
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
    let places = try network.roundingPlaces()
    let bits = try configuration.rounding.bits(of: places)
    var ranges: ParameterValues = [:]
    for image in places.images where bits[image.name] != RoundingPlaces.unroundedBits {
      let own = image.storedNodes.compactMap { found[$0] }
      let (low, high) = own.reduce((Float(0), Float(0))) {
        (min($0.0, $1.lowerBound), max($0.1, $1.upperBound))
      }
      ranges[image.rangeName] = Tensor([2], [low, high])
    }
    return ranges
  }

  /// As `lidarseg quantize` cuts them.
  private static let initialTails = RangeMethod.tails(1e-4)

  private func batches(_ samples: SampleSequence) throws -> [Batch] {
    let queue = BatchQueue(
      samples, input: configuration.task.input(configuration.network.input),
      task: configuration.task, share: try share, workerCount: max(1, threadCount / 2))
    defer { queue.stop() }
    let images = configuration.rounding.calibrationImages
    var batches: [Batch] = []
    for _ in 0..<max(1, images / configuration.batch) { batches.append(try queue.next()) }
    return batches
  }

  /// The network as a model file holds it, and what its images hold where it runs in bytes.
  ///
  /// It does where all images are rounded to eight bits; any other rounding stays part of the network, which computes
  /// with floats.
  func runningNetwork(
    _ weights: ParameterValues
  ) throws -> (graph: Graph, ranges: [String: ActivationRange]?) {
    let network = try network(configuration.image, batch: 1)
    guard configuration.rounding.isActive else { return (network, nil) }
    let places = try unroundedNetwork(configuration.image, batch: 1).roundingPlaces()
    let bits = try configuration.rounding.bits(of: places)
    guard places.images.allSatisfy({ bits[$0.name] == 8 }) else { return (network, nil) }
    var ranges: [String: ActivationRange] = [:]
    for image in places.images {
      guard let ends = weights[image.rangeName] else { continue }
      for node in image.storedNodes {
        ranges[node] = ActivationRange(min(ends[0], 0)...max(ends[1], 0))
      }
    }
    return (try network.withoutByteRounding(), ranges)
  }
}
