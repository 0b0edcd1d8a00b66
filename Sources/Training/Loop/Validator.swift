package import Evaluation
package import Exchange
package import Graphs
package import Kernels
package import PointClouds
import Tensors

/// Measures weights on images that are kept in memory, cell by cell.
package struct Validator {
  private let images: [LabelledImage]
  private let graph: Graph
  private let input: InputDescription
  private let labelMap: LabelMap
  private let backend: Backend
  private let threadCount: Int

  /// A measure of weights.
  ///
  /// - Parameters:
  ///   - images: all of one size.
  ///   - graph: the network for one image of that size.
  ///   - input: what its channels hold.
  ///   - labelMap: what its classes are.
  ///   - backend: whose kernels to use.
  ///   - threadCount: at least 1.
  /// - Throws: `GraphError` where the network cannot be prepared for inference.
  package init(
    _ images: [LabelledImage], graph: Graph, input: InputDescription, labelMap: LabelMap,
    backend: Backend, threadCount: Int
  ) throws(GraphError) {
    self.images = images
    self.graph = try graph.optimizedForInference()
    self.input = input
    self.labelMap = labelMap
    self.backend = backend
    self.threadCount = threadCount
  }

  /// How often each class was taken for each other, over the cells with a point whose class is known.
  package func confusion(of parameters: ParameterValues) throws -> ConfusionMatrix {
    confusion(
      by: try ImageScorer(
        graph: graph, parameters: parameters, input: input, backend: backend,
        threadCount: threadCount))
  }

  /// How often a model that runs as it says of itself, perhaps in bytes, took each class for each other.
  package func confusion(of model: Model) throws -> ConfusionMatrix {
    confusion(by: try ImageScorer(model, backend: backend, threadCount: threadCount))
  }

  private func confusion(by scorer: ImageScorer) -> ConfusionMatrix {
    var matrix = ConfusionMatrix(classes: labelMap.classes.map(\.name))
    for image in images { count(scorer.scores(of: image), image, into: &matrix) }
    return matrix
  }

  private func count(
    _ scores: Tensor<Float>, _ image: LabelledImage, into matrix: inout ConfusionMatrix
  ) {
    let classes = labelMap.classes.count
    scores.withUnsafeElements { scores in
      for cell in 0..<image.count where image.classes[cell] != LabelledImage.ignoredClass {
        var best = 0
        for k in 1..<max(1, classes)
        where scores[cell * classes + k] > scores[cell * classes + best] {
          best = k
        }
        matrix.add(truth: Int(image.classes[cell]), prediction: best)
      }
    }
  }

  /// The IoU of each class that occurs, by name.
  package func scores(of matrix: ConfusionMatrix) -> [String: Double] {
    var scores: [String: Double] = [:]
    for (position, name) in matrix.classes.enumerated() {
      if let iou = matrix.iou(position) { scores[name] = iou }
    }
    return scores
  }

  /// What weights are chosen by: the mean IoU of the classes that occur, the one that reads the rest left
  /// out.
  package func headline(_ scores: [String: Double]) -> Double? {
    let rest = labelMap.restPosition.map { labelMap.classes[$0].name }
    let counted = scores.filter { $0.key != rest }.values
    return counted.isEmpty ? nil : counted.reduce(0, +) / Double(counted.count)
  }
}
