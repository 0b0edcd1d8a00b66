import Exchange
import Execution
import Graphs
import Kernels
import Networks
import Tensors
import TestSupport
import Testing

@testable import Export

/// Whole networks as ONNX Runtime computes them, against the reference.
@Suite struct NetworkConformanceTests {
  /// A network of random weights in both orders of normalisation, and one with its random field.
  enum Network: String, CaseIterable {
    case authors
    case foldable
    case field

    var graph: Graph {
      get throws {
        var configuration: SqueezeSegConfiguration =
          self == .field ? .squeezeSeg : .squeezeSegV2
        configuration = configuration.scaled(by: 0.125)
        configuration.size = Extent(8, 64)
        if self == .foldable { configuration.order = .normalizationThenActivation }
        return try SqueezeSeg.graph(configuration).optimizedForInference()
      }
    }
  }

  private static let outcomes = Result {
    try RuntimeBatch.run(
      try Network.allCases.flatMap { network in
        [try entry(network, isQuantized: false), try entry(network, isQuantized: true)]
      })
  }

  @Test(arguments: Network.allCases)
  func aNetworkComputesWhatTheReferenceDoes(_ network: Network) throws {
    let outcome = try #require(try Self.outcomes.get()["\(network)"])
    #expect(outcome.fault == nil)
    let graph = try network.graph
    let parameters = TinyModel.parameters(of: graph, seed: 4).mapValues(\.doubles)
    let inputs = Self.inputs(of: graph).mapValues(\.doubles)
    let expected = try #require(try plainOutputs(of: graph, parameters, inputs)["scores"])
    let found = try #require(outcome.outputs["scores"])
    let errors = zip(found.elements, expected.inFileOrder.elements).map { abs($0 - $1) }
    #expect(errors.allSatisfy { $0 <= 1e-5 }, "\(errors.max() ?? 0)")
    #expect((expected.elements.max() ?? 0) - (expected.elements.min() ?? 0) > 0.1)
  }

  @Test(arguments: Network.allCases)
  func aNetworkOnBytesComputesWhatTheReferenceDoes(_ network: Network) throws {
    let outcome = try #require(try Self.outcomes.get()["\(network) on bytes"])
    #expect(outcome.fault == nil)
    let graph = try Self.quantized(network.graph)
    let parameters = TinyModel.parameters(of: graph, seed: 4)
    let expected = try #require(
      try plainOutputs(of: graph, parameters, Self.inputs(of: graph))["scores"])
    let found = try #require(outcome.outputs["scores"])
    let errors = zip(found.elements, expected.doubles.inFileOrder.elements).map { abs($0 - $1) }
    // A number between two steps may fall to either side, and with it what follows.
    let range = (expected.elements.max() ?? 0) - (expected.elements.min() ?? 0)
    #expect(errors.allSatisfy { $0 <= 0.02 * Double(range) }, "\(errors.max() ?? 0)")
    #expect(errors.reduce(0, +) / Double(errors.count) <= 1e-3)
  }

  private static func entry(
    _ network: Network, isQuantized: Bool
  ) throws -> RuntimeBatch.Entry {
    let graph = isQuantized ? try quantized(network.graph) : try network.graph
    let parameters = TinyModel.parameters(of: graph, seed: 4)
    var lowering = ONNXLowering(
      graph, constants: try ConstantValues(graph, parameters: parameters).tensors)
    try lowering.declareInputs()
    try lowering.lowerOperations()
    lowering.declareOutputs()
    return RuntimeBatch.Entry(
      name: "\(network)\(isQuantized ? " on bytes" : "")",
      file: lowering.onnx.file(producer: "tests"),
      inputs: inputs(of: graph).mapValues(\.inFileOrder), outputs: ["scores"],
      isPlain: isQuantized)
  }

  private static func quantized(_ graph: Graph) throws -> Graph {
    let session = try Session(
      graph, parameters: TinyModel.parameters(of: graph, seed: 4), backend: .reference,
      threadCount: 2)
    _ = try session.run(inputs(of: graph))
    var ranges = ActivationRanges()
    ranges.add(runOf: session)
    return try graph.quantized(ranges.byNode)
  }

  /// Features, and a mask of ones and zeros where the network takes one.
  private static func inputs(of graph: Graph) -> [String: Tensor<Float>] {
    var random = SeededNumbers(seed: 6)
    return Dictionary(
      uniqueKeysWithValues: graph.inputs.map { node in
        let numbers = random.tensor(node.type.shape)
        let isMask = node.name == "mask"
        return (
          node.name,
          isMask ? Tensor(numbers.shape, numbers.elements.map { $0 > -0.5 ? 1 : 0 }) : numbers
        )
      })
  }
}

extension Tensor<Float> {
  /// The same numbers in double precision.
  var doubles: Tensor<Double> { Tensor<Double>(shape, elements.map(Double.init)) }
}
