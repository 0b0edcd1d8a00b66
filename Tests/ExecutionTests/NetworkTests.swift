import Execution
import Graphs
import Kernels
import Networks
import Tensors
import TestSupport
import Testing

/// A small SqueezeSegV2, whole.
@Suite struct NetworkTests {
  @Test(arguments: LayerOrder.allCases, Backend.available)
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
    let results = try Backend.available.map { backend in
      try Session(network, parameters: parameters, backend: backend, threadCount: 1)
        .run(inputs())
    }
    #expect(largestDifference(results[0], results[1]) <= 1e-4)
  }

  @Test func anotherSelectionOfKernelsComputesTheSame() throws {
    let network = try network(.activationThenNormalization).optimizedForInference()
    let parameters = TinyModel.parameters(of: network, seed: 4)
    let shipped = try Session(
      network, parameters: parameters, backend: .fastest, threadCount: 2)
    let timings = shipped.timeKernels(rounds: 1) { _ in }
    #expect(timings.count > 20 && timings.allSatisfy { $0.best != nil })
    // The last candidates, whether they are fast or not.
    let others = timings.map { ($0.key, $0.candidates[$0.candidates.count - 1].variant) }
    let selection = KernelSelection(Dictionary(others) { first, _ in first })
    let session = try Session(
      network, parameters: parameters, backend: .fastest, threadCount: 2, selection: selection)
    #expect(session.steps.map(\.kernel) != shipped.steps.map(\.kernel))
    #expect(try largestDifference(session.run(inputs()), shipped.run(inputs())) <= 1e-4)
  }

  @Test(arguments: LayerOrder.allCases, Backend.available)
  func aNetworkOnBytesComputesNearlyTheSame(_ order: LayerOrder, _ backend: Backend) throws {
    let network = try network(order).optimizedForInference()
    let parameters = TinyModel.parameters(of: network, seed: 4)
    let session = try Session(
      network, parameters: parameters, backend: backend, threadCount: 2)
    let expected = try #require(try session.run(inputs())["scores"])
    var ranges = ActivationRanges()
    ranges.add(runOf: session)
    let bytes = try network.quantized(ranges.byNode)
    #expect(bytes.nodes.count { $0.type.element == .uint8 } > 40)
    let small = try Session(bytes, parameters: parameters, backend: backend, threadCount: 2)
    #expect(small.plan.arenaCount < session.plan.arenaCount)
    let found = try #require(try small.run(inputs())["scores"])
    let differences = zip(found.elements, expected.elements).map { Double($0 - $1) }
    let error = differences.reduce(0) { $0 + $1 * $1 }
    let size = expected.elements.reduce(0) { $0 + Double($1) * Double($1) }
    #expect((error / size).squareRoot() < 0.05, "\((error / size).squareRoot())")
    #expect(error > 0)
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
