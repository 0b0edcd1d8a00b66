package import Exchange
import Execution
package import Foundation
import Graphs
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
  /// The network that the file says, as it runs here.
  let network: ExportableNetwork

  /// The operator set that the file is of; those up to 17 mean the same.
  package static var operatorSet: Int { ONNXGraph.operatorSet }

  /// The file of a model, which names this version of lidarseg as its producer.
  ///
  /// - Throws: `.unsupported` with the first operation that only training needs; `.mismatched` where the
  ///   model says no classes, or its network takes or gives something else than its description says.
  package init(_ model: Model, options: ONNXOptions, version: String) throws {
    let description = model.description
    let network = try ExportableNetwork(of: description)
    let graph = network.graph
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
    self.network = network
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
}
