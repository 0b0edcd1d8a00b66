import Exchange
import Execution
import Graphs
import Kernels
import Networks
import Tensors
import Testing

/// A network with golden weights, and what the original computed with them.
struct GoldenNetwork: CustomTestStringConvertible, Sendable {
  var name: String
  var configuration: SqueezeSegConfiguration
  var weights: String

  var testDescription: String { name }

  static let seeded = [
    GoldenNetwork(name: "v1_seed", configuration: .squeezeSeg, weights: "weights_v1_seed"),
    GoldenNetwork(name: "v2_seed", configuration: .squeezeSegV2, weights: "weights_v2_seed"),
  ]
  static let all =
    seeded + [
      GoldenNetwork(
        name: "v2_trained", configuration: .squeezeSegV2, weights: "weights_v2_trained")
    ]

  func parameters() throws -> ParameterValues {
    try AuthorsWeights.read(SharedFolder.path("golden/\(weights).npz"))
  }

  /// What the original network computed, on clean scans or on real ones.
  func expected(clean: Bool) throws -> NPZArchive {
    try NPZArchive(path: SharedFolder.path("golden/\(clean ? "clean/" : "")net_\(name).npz"))
  }

  /// Runs the network and gives the named nodes' values, all of them or only the last fused.
  func run(
    _ scans: Tensor<Float>, nodes: [String], backend: Backend = .fastest, iterations: Int = 3
  ) throws -> [String: Tensor<Float>] {
    var configuration = configuration
    configuration.size = Extent(scans.shape[1], scans.shape[2])
    configuration.batch = scans.shape[0]
    configuration.field?.iterations = iterations
    let graph = try SqueezeSeg.graph(configuration).exposing(nodes).optimizedForInference()
    let session = try Session(
      graph, parameters: try parameters(), backend: backend, threadCount: 2)
    var inputs = ["features": features(scans)]
    if graph.inputs.contains(where: { $0.name == "mask" }) {
      inputs["mask"] = Tensor(
        [scans.shape[0], scans.shape[1], scans.shape[2], 1],
        Self.masks(scans).map { $0 ? 1 : 0 })
    }
    return try session.run(inputs)
  }

  /// Which cells hold a point.
  static func masks(_ scans: Tensor<Float>) -> [Bool] {
    let elements = scans.elements
    return (0..<(scans.count / 5)).map { elements[$0 * 5 + 4] > 0 }
  }

  /// Normalised x, y, z, intensity, range of every cell, and the mask where the network takes it.
  private func features(_ scans: Tensor<Float>) -> Tensor<Float> {
    let input: InputDescription =
      configuration.inputChannels == 6 ? .squeezeSegV2 : .squeezeSeg
    let raw = scans.elements
    var features: [Float] = []
    for cell in 0..<(scans.count / 5) {
      for channel in 0..<5 {
        features.append((raw[cell * 5 + channel] - input.mean[channel]) / input.deviation[channel])
      }
      if configuration.inputChannels == 6 { features.append(raw[cell * 5 + 4] > 0 ? 1 : 0) }
    }
    var shape = scans.shape
    shape[3] = configuration.inputChannels
    return Tensor(shape, features)
  }
}

/// One image or more, channels first as the goldens have them.
struct ChannelsFirst {
  let shape: [Int]
  let elements: [Float]

  init(_ tensor: Tensor<Float>) {
    shape = tensor.shape.extents
    elements = tensor.elements
  }

  /// The largest difference to an image of channels last, whose cell is (row, column).
  func largestDifference(to other: Tensor<Float>, image: Int = 0) -> Float {
    let rank = shape.count
    let (channels, rows, columns) = (shape[rank - 3], shape[rank - 2], shape[rank - 1])
    let values = other.elements
    var worst: Float = 0
    for channel in 0..<channels {
      for row in 0..<rows {
        for column in 0..<columns {
          let expected = elements[((image * channels + channel) * rows + row) * columns + column]
          let found = values[
            (((rank == 4 ? image : 0) * rows + row) * columns + column) * channels + channel]
          worst = max(worst, abs(expected - found))
        }
      }
    }
    return worst
  }
}

extension Tensor {
  /// One of several images.
  func image(_ position: Int) -> Tensor {
    let size = count / shape[0]
    var shape = shape
    shape[0] = 1
    return Tensor(shape, elements[(position * size)..<((position + 1) * size)])
  }
}
