import Exchange
import Execution
import Export
import Foundation
import Graphs
import Kernels
import Networks
import Tensors
import TestSupport

/// A network as the engine runs it, with an input of which it is known what the engine makes.
struct ExportedNetwork {
  let graph: Graph
  let parameters: ParameterValues
  let features: Tensor<Float>
  let options: CProgram.Options

  /// How images inside the network are stored.
  enum Storage: CaseIterable {
    case floats
    case bytes
  }

  /// The bundled `front-small` on a real scan.
  static func frontSmall(_ storage: Storage) throws -> ExportedNetwork {
    let model = try BundledModels.model(named: "front-small")
    return try ExportedNetwork(
      model.description.graph, model.parameters,
      scan(rows: 64, columns: 512, model.description.input), storage,
      CProgram.Options(of: model.description))
  }

  /// A SqueezeSegV2 with a quarter of the channels and random weights, for a sensor of 16 beams.
  static func sixteenBeams(_ storage: Storage) throws -> ExportedNetwork {
    var configuration = SqueezeSegConfiguration.squeezeSegV2.scaled(by: 0.25)
    configuration.size = Extent(16, 256)
    configuration.field = nil
    let graph = try SqueezeSeg.graph(configuration)
    return try ExportedNetwork(
      graph, TinyModel.parameters(of: graph, seed: 9),
      scan(rows: 16, columns: 256, .squeezeSegV2), storage, CProgram.Options(name: "beams"))
  }

  private init(
    _ network: Graph, _ parameters: ParameterValues, _ features: Tensor<Float>, _ storage: Storage,
    _ options: CProgram.Options
  ) throws {
    let floats = try network.optimizedForInference()
    self.parameters = parameters
    self.features = features
    self.options = options
    switch storage {
    case .floats: graph = floats
    case .bytes:
      let session = try Session(
        floats, parameters: parameters, backend: .fastest, threadCount: 1)
      _ = try session.run(["features": features])
      var ranges = ActivationRanges()
      ranges.add(runOf: session)
      graph = try floats.quantized(ranges.byNode)
    }
  }

  /// The first of the real scans, normalised; every so many-th row and column of it.
  private static func scan(
    rows: Int, columns: Int, _ input: InputDescription
  ) throws -> Tensor<Float> {
    let scans = try NPZArchive(path: SharedFolder.path("golden/samples.npz")).float32("lidar")
    let (height, width) = (scans.shape[1], scans.shape[2])
    let places = (0..<rows * columns).map { cell in
      (cell / columns * (height / rows) * width + cell % columns * (width / columns)) * 5
    }
    let channel = { (number: Int) in places.map { scans[$0 + number] } }
    let cells = FeatureImage.Cells(
      x: channel(0), y: channel(1), z: channel(2), intensity: channel(3), range: channel(4))
    var features = Tensor<Float>([1, rows, columns, input.channels.count])
    features.withUnsafeMutableElements {
      FeatureImage(input, intensityScale: 1).fill($0, from: cells)
    }
    return features
  }

  func program() throws -> CProgram {
    try CProgram(graph, parameters: parameters, options: options)
  }

  /// What the engine computes.
  func scores(by backend: Backend) throws -> [Float] {
    let session = try Session(graph, parameters: parameters, backend: backend, threadCount: 1)
    return try session.run(["features": features])["scores"]?.elements ?? []
  }

  /// The share of pixels whose greatest score is the same class.
  static func agreement(_ found: [Float], _ expected: [Float], classes: Int = 4) -> Double {
    guard found.count == expected.count, !found.isEmpty else { return 0 }
    let pixels = found.count / classes
    let agreeing = (0..<pixels).count { pixel in
      let channels = (pixel * classes)..<((pixel + 1) * classes)
      return channels.max { found[$0] < found[$1] } == channels.max { expected[$0] < expected[$1] }
    }
    return Double(agreeing) / Double(pixels)
  }
}
