import Exchange
import Graphs
import PointClouds
import RangeImages
import Tensors

/// A model's network as it runs, which makes scores of classes from one image.
struct ExportableNetwork {
  /// Prepared for inference and, where the model says so, in bytes.
  let graph: Graph

  /// Prepares a model's network.
  ///
  /// - Throws: `.mismatched` where the model says no classes, or its network takes or gives something else
  ///   than its description says.
  init(of description: ModelDescription) throws {
    graph = try description.preparedGraph()
    try Self.check(graph, against: description)
  }

  /// Whether images inside are bytes.
  var isQuantized: Bool { graph.nodes.contains { $0.type.element == .uint8 } }

  private static func check(
    _ graph: Graph, against description: ModelDescription
  ) throws(ExportError) {
    guard description.rendering == nil else {
      throw ExportError(
        .mismatched, "\(description.name) says no classes", remedy: "name a model of classes")
    }
    let (rows, columns) = (description.geometry.rows, description.geometry.columns)
    let image = { (channels: Int) in TensorShape([1, rows, columns, channels]) }
    let taken = ["features": image(description.input.channels.count), "mask": image(1)]
    let strangers = graph.inputs.filter { taken[$0.name] != $0.type.shape }
    let scores = graph.outputs.first { $0.name == "scores" }.map { graph[$0.value].type.shape }
    guard strangers.isEmpty, graph.value(named: "features") != nil,
      scores == image(description.labelMap.classes.count)
    else {
      let given = graph.inputs.map { "\($0.name) \($0.type.shape)" }.joined(separator: ", ")
      throw ExportError(
        .mismatched,
        "the network makes of \(given) scores of \(scores?.description ?? "no shape"); its model"
          + " says \(image(description.input.channels.count)) to"
          + " \(image(description.labelMap.classes.count))",
        remedy: "write the model with a graph, geometry and label map that fit each other")
    }
  }
}
