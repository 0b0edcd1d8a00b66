import Execution
import Graphs
import Kernels
import Networks
import Tensors
import TestSupport
import Testing

/// Networks that learn with their numbers rounded compute what bytes make of them.
@Suite struct RoundingTests {
  @Test(arguments: Subject.all)
  func aNetworkWithRoundedNumbersComputesWhatItsBytesDo(_ subject: Subject) throws {
    let network = try subject.network()
    let places = try network.roundingPlaces()
    #expect(places.images.allSatisfy { !$0.nodes.isEmpty }, "\(places.images)")
    var parameters = TinyModel.parameters(of: network, seed: 4)
    let plain = try Session(
      network.optimizedForInference(), parameters: parameters, backend: .reference,
      threadCount: 2)
    let found = ActivationRanges.measured(by: .extremes, in: plain) { run in
      for (name, tensor) in inputs { plain.withUnsafeInput(name) { tensor.copy(to: $0) } }
      run()
    }
    let floats = try #require(try plain.run(inputs)["scores"])
    let bytes = try Session(
      network.optimizedForInference().quantized(found), parameters: parameters,
      backend: .reference, threadCount: 2)
    let expected = try #require(try bytes.run(inputs)["scores"])

    var bits: [String: Int] = [:]
    for weights in places.weights { bits[weights.name] = 8 }
    for image in places.images {
      bits[image.name] = 8
      let own = image.storedNodes.compactMap { found[$0] }
      parameters[image.rangeName] = Tensor(
        [2],
        [own.map(\.lowerBound).min() ?? 0, own.map(\.upperBound).max() ?? 0])
    }
    let rounded = try Session(
      network.rounding(places, to: bits).optimizedForInference(), parameters: parameters,
      backend: .fastest, threadCount: 2)
    let scores = try #require(try rounded.run(inputs)["scores"])
    // Both differ from the floats in the same way: what rounding in another order leaves is far less.
    let (left, all) = (distance(scores, expected), distance(floats, expected))
    #expect(left < 0.25 * all && all > 0, "\(left) of \(all)")
  }

  @Test(arguments: Subject.all)
  func theRoundingThatBytesDoThemselvesCanBeTakenAway(_ subject: Subject) throws {
    let network = try subject.network()
    let places = try network.roundingPlaces()
    var bits: [String: Int] = [:]
    for place in places.weights.map(\.name) + places.images.map(\.name) { bits[place] = 8 }
    let rounded = try network.rounding(places, to: bits)
    let count = rounded.nodes.count { node in
      if case .operation(.rangeRounding, _) = node.source { true } else { false }
    }
    #expect(count == places.images.reduce(0) { $0 + $1.nodes.count })
    let bare = try rounded.withoutByteRounding()
    #expect(Set(bare.nodes.map(\.name)) == Set(network.nodes.map(\.name)))
    #expect(try bare.roundingPlaces() == places)
    let none = bits.mapValues { _ in RoundingPlaces.unroundedBits }
    #expect(
      try network.rounding(places, to: none).nodes.map(\.name).sorted()
        == network.nodes.map(\.name).sorted())
  }

  @Test func weightsOfNoBitsAreLeftOut() throws {
    let network = try Subject.blocks.network()
    let places = try network.roundingPlaces()
    let name = "stage1_1/fire-4/expand3x3/kernels"
    #expect(places.weights.contains { $0.name == name })
    let rounded = try network.rounding(places, to: [name: 0])
    let parameters = TinyModel.parameters(of: network, seed: 4)
    var without = parameters
    without[name] = Tensor(try #require(parameters[name]).shape)
    func scores(_ graph: Graph, _ parameters: [String: Tensor<Float>]) throws -> Tensor<Float> {
      let session = try Session(
        try graph.optimizedForInference(), parameters: parameters, backend: .reference,
        threadCount: 1)
      return try #require(try session.run(inputs)["scores"])
    }
    let found = try scores(rounded, parameters)
    #expect(found == (try scores(network, without)))
    #expect(found != (try scores(network, parameters)))
  }

  private var inputs: [String: Tensor<Float>] {
    var random = SeededNumbers(seed: 6)
    var features = random.tensor([1, 8, 64, 6])
    for pixel in 0..<(8 * 64) { features[pixel * 6 + 5] = features[pixel * 6] > -0.5 ? 1 : 0 }
    return ["features": features]
  }

  private func distance(_ a: Tensor<Float>, _ b: Tensor<Float>) -> Double {
    zip(a.elements, b.elements).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
      .squareRoot()
  }
}

/// Networks of both kinds.
enum Subject: String, CaseIterable {
  case blocks
  case normalizationFirst
  case activationFirst

  static let all = allCases

  func network() throws -> Graph {
    switch self {
    case .blocks:
      var configuration = BlockNetworkConfiguration.compact
      configuration.size = Extent(8, 64)
      return try BlockNetwork.graph(configuration)
    case .normalizationFirst, .activationFirst:
      var configuration = SqueezeSegConfiguration.squeezeSegV2.scaled(by: 0.125)
      configuration.size = Extent(8, 64)
      configuration.order =
        self == .activationFirst ? .activationThenNormalization : .normalizationThenActivation
      return try SqueezeSeg.graph(configuration)
    }
  }
}

extension Tensor<Float> {
  /// Fills memory with the elements.
  fileprivate func copy(to memory: UnsafeMutableBufferPointer<Float>) {
    withUnsafeElements { _ = memory.update(fromContentsOf: $0) }
  }
}
