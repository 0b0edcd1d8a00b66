import Execution
import Graphs
import Kernels
import Networks
import Tensors
import TestSupport
import Testing

@testable import Search
@testable import Training

/// Networks whose numbers can have several numbers of bits.
@Suite struct PrecisionSpaceTests {
  private static let images = ImageBatch(size: Extent(8, 64), count: 1)

  private func space(_ weights: [Int], images: [Int] = [8]) throws -> PrecisionSpace {
    var network = NetworkConfiguration()
    network.architecture = .blocks
    network.blocks = .compact
    network.order = .normalizationThenActivation
    let graph = try network.graph(classCount: 4, size: Self.images.size, batch: 1)
    let places = try graph.roundingPlaces()
    var parameters = TinyModel.parameters(of: graph, seed: 4)
    for image in places.images { parameters[image.rangeName] = Tensor([2], [-2, 3]) }
    var candidates = BitCandidates()
    (candidates.weights, candidates.images) = (weights, images)
    return PrecisionSpace(
      network, classCount: 4, places: places, weights: parameters, candidates: candidates)
  }

  @Test func aMixtureThatHasChosenComputesWhatTheChosenNetworkDoes() throws {
    let space = try space([2, 8, 32], images: [4, 8, 32])
    let all = space.bits.map { Array($0.indices) }
    let mixture = try space.mixture(of: all, for: Self.images)
    for choice in 0..<3 {
      let choices = space.bits.map { min(choice, $0.count - 1) }
      var parameters = space.initialWeights(seed: 1)
      var inputs = inputs
      inputs["inverse_temperature"] = Tensor([1], [1])
      inputs["latency_rest"] = Tensor([1], [0])
      for (place, index) in zip(space.places, choices) {
        let count = place.candidates.count
        var logits = Tensor<Float>([count])
        logits[index] = 100
        parameters["\(place.name)/architecture"] = logits
        for input in ["noise", "mask", "latency"] {
          inputs["\(place.name)/\(input)"] = Tensor([count])
        }
      }
      let mixed = try scores(mixture, parameters, inputs)
      let single = try scores(
        try space.network(choices, for: Self.images), parameters, self.inputs)
      let differences = zip(mixed.elements, single.elements).map { abs($0 - $1) }
      #expect((differences.max() ?? 1) < 1e-4, "candidate \(choice)")
      #expect((single.elements.max() ?? 0) - (single.elements.min() ?? 0) > 0.1)
    }
  }

  @Test func sizesAreThoseOfTheBitsAndOfAStepForEachOutput() throws {
    let space = try space([0, 4, 8, 32], images: [32])
    let sizes = space.sizes(countingImages: false)
    let place = try #require(
      space.places.firstIndex { $0.name == "stage2_1/residual/3x3/kernels" })
    // 3 x 3 x 64 x 64 weights of 64 outputs.
    #expect(space.places[place].candidates == ["0 bits", "4 bits", "8 bits", "32 bits"])
    #expect(sizes.byPlace[place] == [0, 18 + 0.25, 36 + 0.25, 144])
    let entry = try #require(space.places.firstIndex { $0.name == "stage1_enter/kernels" })
    #expect(space.places[entry].candidates == ["4 bits", "8 bits", "32 bits"])
    let whole = space.bits.map { $0.count - 1 }
    let graph = try space.network(whole, for: Self.images).optimizedForInference()
    let constants = graph.constantValues
    let kept = graph.values.filter { !constants.contains($0) }
      .flatMap { value -> [Graph.Value] in
        guard case .operation(_, let operands) = graph[value].source else { return [] }
        return operands.filter(constants.contains)
      }
    let count = Set(kept).reduce(0) { $0 + graph[$1].type.shape.count }
    #expect(sizes.total(of: whole) * 1024 / 4 == Double(count))
  }

  @Test func imagesCountWhereTheyAreToldTo() throws {
    let space = try space([8], images: [4, 8])
    let (with, without) = (space.sizes(countingImages: true), space.sizes(countingImages: false))
    let place = space.weightCount
    #expect(without.byPlace[place] == [0, 0])
    // The first image is the stem's: 8 x 32 cells of 16 channels.
    #expect(space.places[place].name == "stem")
    #expect(with.byPlace[place] == [2, 4])
  }

  private var inputs: [String: Tensor<Float>] {
    var random = SeededNumbers(seed: 6)
    return ["features": random.tensor([1, 8, 64, 6])]
  }

  private func scores(
    _ graph: Graph, _ parameters: [String: Tensor<Float>], _ inputs: [String: Tensor<Float>]
  ) throws -> Tensor<Float> {
    let session = try Session(
      try graph.optimizedForInference(), parameters: parameters, backend: .fastest, threadCount: 2)
    return try #require(try session.run(inputs)["scores"])
  }
}
