package import Exchange
package import Execution
package import Graphs
package import Kernels
package import Tensors

/// A network that says the scores of one image after the other.
package final class ImageScorer {
  /// The network, ready to run.
  package let session: Session
  private let features: FeatureImage
  private let hasMask: Bool

  /// A network with its weights.
  ///
  /// - Parameters:
  ///   - graph: for one image, optimised for inference.
  ///   - parameters: its weights.
  ///   - input: what its channels hold.
  ///   - backend: whose kernels to use.
  ///   - threadCount: at least 1.
  /// - Throws: where a parameter is missing or has another shape.
  package init(
    graph: Graph, parameters: ParameterValues, input: InputDescription, backend: Backend,
    threadCount: Int
  ) throws {
    session = try Session(
      graph, parameters: parameters, backend: backend, threadCount: threadCount)
    features = FeatureImage(input, intensityScale: 1)
    hasMask = graph.inputs.contains { $0.name == "mask" }
  }

  /// A model.
  ///
  /// - Throws: `GraphError` where its network cannot be prepared for inference.
  package convenience init(_ model: Model, backend: Backend, threadCount: Int) throws {
    try self.init(
      graph: try model.description.preparedGraph(), parameters: model.parameters,
      input: model.description.input, backend: backend, threadCount: threadCount)
  }

  /// The scores `[1, H, W, classes]` of an image's cells, unnormalised.
  package func scores(of image: LabelledImage) -> Tensor<Float> {
    fill(image)
    session.compute()
    return session.output("scores")
  }

  /// Fills the network's inputs from an image's cells.
  package func fill(_ image: LabelledImage) {
    let cells = FeatureImage.Cells(
      x: image.x, y: image.y, z: image.z, intensity: image.intensity, range: image.range)
    session.withUnsafeInput("features") { features.fill($0, from: cells) }
    if hasMask {
      session.withUnsafeInput("mask") { mask in
        for cell in 0..<image.count { mask[cell] = image.isOccupied(cell) ? 1 : 0 }
      }
    }
  }
}
