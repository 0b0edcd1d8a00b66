import Execution
import Export
import Graphs
import Kernels
import Networks
import Tensors
import TestSupport

/// A small SqueezeSegV2 with random weights, as it is run.
struct TinyNetwork {
  let graph: Graph
  let parameters: ParameterValues
  let features: Tensor<Float>

  /// An eighth of the channels; with the random field or without.
  init(refined: Bool = false, order: LayerOrder = .activationThenNormalization) throws {
    var configuration = SqueezeSegConfiguration.squeezeSegV2.scaled(by: 0.125)
    configuration.size = Extent(8, 64)
    configuration.order = order
    if !refined { configuration.field = nil }
    let network = try SqueezeSeg.graph(configuration)
    graph = try network.optimizedForInference()
    parameters = TinyModel.parameters(of: network, seed: 4)
    var random = SeededNumbers(seed: 6)
    var features = random.tensor([1, 8, 64, 6])
    for pixel in 0..<(8 * 64) { features[pixel * 6 + 5] = features[pixel * 6] > -0.5 ? 1 : 0 }
    self.features = features
  }

  /// The network with its images stored as bytes.
  func quantized() throws -> Graph {
    let session = try Session(
      graph, parameters: parameters, backend: .reference, threadCount: 1)
    _ = try session.run(["features": features])
    var ranges = ActivationRanges()
    ranges.add(runOf: session)
    return try graph.quantized(ranges.byNode)
  }

  /// What the engine computes.
  func scores(of graph: Graph, by backend: Backend) throws -> [Float] {
    let session = try Session(graph, parameters: parameters, backend: backend, threadCount: 1)
    return try session.run(["features": features])["scores"]?.elements ?? []
  }

  /// A graph as C.
  func program(of graph: Graph) throws -> CProgram {
    try CProgram(
      graph, parameters: parameters,
      options: CProgram.Options(
        name: "tiny", classNames: ["back\"ground\\", "car", "person??", "cyclist"],
        notes: ["A note that ends with a backslash \\"]))
  }
}

extension CProgram {
  /// The files as a compiler takes them.
  var sources: [(name: String, contents: String)] { files.map { ($0.name, $0.contents) } }
}

/// The channel of the greatest score of each pixel.
func labels(_ scores: [Float], classes: Int = 4) -> [Int] {
  (0..<scores.count / classes).map { pixel in
    (1..<classes).reduce(0) { best, channel in
      scores[pixel * classes + channel] > scores[pixel * classes + best] ? channel : best
    }
  }
}
