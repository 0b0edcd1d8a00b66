import Exchange
import Execution
import Foundation
import Graphs
import Kernels
import PointCloudIO
import RangeImages
import Tensors

/// What a model makes of the golden scan, computed here.
struct GoldenRun {
  private let inputs: [String: Tensor<Float>]
  private let image: Tensor<Float>
  private let scores: Tensor<Float>

  /// Runs a model's network.
  init(_ model: Model, _ network: ExportableNetwork, threadCount: Int) throws {
    let description = model.description
    let (rows, columns) = (description.geometry.rows, description.geometry.columns)
    let scan = GoldenScan.image(of: description.geometry)
    let mask = scan.pointIndex.map { $0 >= 0 ? Float(1) : 0 }
    var features = Tensor<Float>([1, rows, columns, description.input.channels.count])
    features.withUnsafeMutableElements {
      FeatureImage(description.input, intensityScale: 1).fill($0, from: scan)
    }
    let all = ["features": features, "mask": Tensor([1, rows, columns, 1], mask)]
    let session = try Session(
      network.graph, parameters: model.parameters, backend: .fastest, threadCount: threadCount)
    let taken = Set(network.graph.inputs.map(\.name))
    inputs = all.filter { taken.contains($0.key) }
    _ = try session.run(inputs)
    scores = session.output("scores")
    image = Tensor(
      [1, 6, rows, columns],
      [scan.x, scan.y, scan.z, scan.intensity, scan.range, mask].flatMap { $0 })
  }

  /// How far other scores may differ: what floats of their size can tell apart, and 1e-4 at least; for bytes, a
  /// fiftieth of their range.
  func tolerance(isQuantized: Bool) -> Float {
    let range = scores.withUnsafeElements { ($0.max() ?? 0) - ($0.min() ?? 0) }
    return isQuantized ? 0.02 * range : max(1e-4, 2e-6 * range)
  }

  /// An input as an array of NumPy, channels first.
  func file(of name: String, shape: [Int]) -> Data {
    let values = inputs[name].map { $0.transposed([0, 3, 1, 2]) } ?? image
    return Data(NumpyArray.bytes(shape: shape, values: values.elements))
  }

  /// The scores as an array of NumPy, channels first.
  var scoresFile: Data {
    let values = scores.transposed([0, 3, 1, 2])
    return Data(NumpyArray.bytes(shape: values.shape.extents, values: values.elements))
  }

  /// An input of the network, or its scores, as raw floats, channels last.
  func floats(of name: String) -> Data? {
    let values = name == "scores" ? scores : inputs[name]
    return values?.withUnsafeElements { Data(buffer: $0) }
  }
}
