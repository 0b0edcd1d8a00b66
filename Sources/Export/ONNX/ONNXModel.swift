package import Exchange
import Execution
package import Foundation
package import Graphs
import PointClouds
import RangeImages
import Tensors

/// A model as an ONNX file: a network from one image to scores, with its weights.
///
/// Shapes are fixed. Images are `[1, C, H, W]`, first row and column as in the range image.
package struct ONNXModel {
  /// A value that goes in or comes out.
  package struct Port: Equatable, Sendable, Codable {
    /// Its name in the file.
    package var name: String
    /// Extents, outermost first.
    package var shape: [Int]
  }

  /// The file.
  package let bytes: Data
  /// What it takes, all floats.
  package let inputs: [Port]
  /// What it gives: the scores, and what was asked for.
  package let outputs: [Port]
  /// How many nodes it has.
  package let nodeCount: Int
  /// Whether images inside the network are bytes.
  package let isQuantized: Bool
  /// The network that the file says, as it runs here.
  package let graph: Graph

  /// The operator set that the file is of; those up to 17 mean the same.
  package static var operatorSet: Int { ONNXGraph.operatorSet }

  /// The file of a model, which names this version of lidarseg as its producer.
  ///
  /// - Throws: `.unsupported` with the first operation that only training needs; `.mismatched` where the
  ///   model says no classes, or its network takes or gives something else than its description says.
  package init(_ model: Model, options: ONNXOptions, version: String) throws {
    let description = model.description
    let graph = try description.preparedGraph()
    try Self.check(graph, against: description)
    let constants = try ConstantValues(graph, parameters: model.parameters)
    var lowering = ONNXLowering(
      graph, constants: constants.tensors, reserving: ONNXLowering.addedNames)
    if options.normalisation {
      lowering.declareImage(
        description.input, rows: description.geometry.rows,
        columns: description.geometry.columns)
    } else {
      try lowering.declareInputs()
    }
    try lowering.lowerOperations()
    lowering.declareOutputs()
    for output in graph.outputs where output.name == "scores" {
      lowering.declareMeaning(of: output.name, shape: graph[output.value].type.shape, options)
    }
    var onnx = lowering.onnx
    if !description.name.isEmpty { onnx.name = description.name }
    bytes = onnx.file(producer: version, notes: Self.notes(description, options))
    inputs = onnx.inputs.map { Port(name: $0.name, shape: $0.shape) }
    outputs = onnx.outputs.map { Port(name: $0.name, shape: $0.shape) }
    nodeCount = onnx.nodes.count
    isQuantized = graph.nodes.contains { $0.type.element == .uint8 }
    self.graph = graph
  }

  /// What a program that runs the file wants to know, as texts within it.
  private static func notes(
    _ description: ModelDescription, _ options: ONNXOptions
  ) -> KeyValuePairs<String, String> {
    let input = description.input
    let numbers = { (numbers: [Float]) in numbers.map { "\($0)" }.joined(separator: ",") }
    return [
      "classes": description.labelMap.classes.map(\.name).joined(separator: ","),
      "channels": input.channels.map(\.rawValue).joined(separator: ","),
      "mean": numbers(input.mean),
      "deviation": numbers(input.deviation),
      "normalizes_empty_cells": "\(input.normalizesEmptyCells)",
      "normalizes_itself": "\(options.normalisation)",
    ]
  }

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
