import Execution
import Graphs
import Kernels
import Networks
import Tensors
import TestSupport
import Testing

/// A small SqueezeSegV2, whole.
@Suite struct NetworkTests {
  @Test(arguments: LayerOrder.allCases, Backend.allCases)
  func theOptimizedGraphComputesWhatTheNetworkSays(
    _ order: LayerOrder, _ backend: Backend
  ) throws {
    let network = try network(order)
    let inputs = inputs()
    let parameters = TinyModel.parameters(of: network, seed: 4)
    let prepared = try network.preparedForInference()
    let expected = try plainOutputs(of: prepared, parameters, inputs)
    let session = try Session(
      network.optimizedForInference(), parameters: parameters, backend: backend, threadCount: 2)
    #expect(largestDifference(try session.run(inputs), expected) <= 1e-4)
    let scores = try #require(expected["scores"]).elements
    #expect((scores.max() ?? 0) - (scores.min() ?? 0) > 0.1)
  }

  @Test func theFastKernelsAgreeWithTheReference() throws {
    let network = try network(.activationThenNormalization).optimizedForInference()
    let parameters = TinyModel.parameters(of: network, seed: 4)
    let results = try Backend.allCases.map { backend in
      try Session(network, parameters: parameters, backend: backend, threadCount: 1)
        .run(inputs())
    }
    #expect(largestDifference(results[0], results[1]) <= 1e-4)
  }

  private func network(_ order: LayerOrder) throws -> Graph {
    var configuration = SqueezeSegConfiguration.squeezeSegV2.scaled(by: 0.125)
    configuration.size = Extent(8, 64)
    configuration.order = order
    return try SqueezeSeg.graph(configuration)
  }

  /// Features whose last channel is a mask of ones and zeros.
  private func inputs() -> [String: Tensor<Float>] {
    var random = SeededNumbers(seed: 6)
    var features = random.tensor([1, 8, 64, 6])
    for pixel in 0..<(8 * 64) { features[pixel * 6 + 5] = features[pixel * 6] > -0.5 ? 1 : 0 }
    return ["features": features]
  }
}
