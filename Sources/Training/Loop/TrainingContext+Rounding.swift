import Exchange
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
    let places = try network.roundingPlaces()
    let bits = try configuration.rounding.bits(of: places)
    var rounded = places
    rounded.images.removeAll { bits[$0.name] == RoundingPlaces.unroundedBits }
    return try InitialRanges.measured(
      rounded, of: network, weights,
      in: try samples.firstBatches(
        images: configuration.rounding.calibrationImages, configuration, share: try share),
      backend: backend, threadCount: threadCount)
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
