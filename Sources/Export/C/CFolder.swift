package import Exchange
import Execution
package import Foundation
import Graphs
import Kernels
import PointCloudIO
import PointClouds
import RangeImages
import Tensors

/// A model as a C program, with a golden scan and the scores that must come out.
package struct CFolder: Sendable {
  /// What is in the folder.
  package let manifest: CManifest
  private let contents: [(name: String, data: Data)]

  /// Writes nothing yet.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - version: the program's version.
  ///   - threadCount: threads that compute the golden scores.
  /// - Throws: `.unsupported` where an operation of the network is none of C's.
  package init(_ model: Model, version: String, threadCount: Int) throws {
    let description = model.description
    let graph = try description.preparedGraph()
    let program = try CProgram(
      graph, parameters: model.parameters, options: CProgram.Options(of: description))
    let golden = try CGoldenRun(model, graph, threadCount: threadCount)
    var contents = program.files.map { (name: $0.name, data: Data($0.contents.utf8)) }
    for name in program.inputs {
      contents.append((CManifest.goldenFile(of: name), try golden.input(name)))
    }
    contents.append((CManifest.goldenFile(of: "scores"), golden.scores))
    let isQuantized = graph.nodes.contains { $0.type.element == .uint8 }
    manifest = CManifest(
      model: description.name, lidarseg: version,
      program: CProgram.Options(of: description).name,
      arenaBytes: program.arenaByteCount, weightBytes: program.weightByteCount,
      inputs: program.inputs, classes: description.labelMap.classes.map(\.name),
      isQuantized: isQuantized,
      tolerance: isQuantized ? 0.02 * golden.scoreRange : max(1e-4, 2e-6 * golden.scoreRange),
      agreement: isQuantized ? 0.999 : 0.9999,
      files: contents.map { ExportManifest.File($0.name, $0.data) })
    self.contents = contents
  }

  /// Writes all files; each appears whole or not at all, the manifest last.
  package func write(to folder: URL) throws {
    for (name, data) in contents {
      try AtomicFile.write([UInt8](data), to: folder.appending(path: name).path)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write(
      [UInt8](try encoder.encode(manifest)) + [0x0a],
      to: folder.appending(path: CManifest.fileName).path)
  }
}

/// What lies in the folder of a model as C, as `export-c.json` says it.
package struct CManifest: Codable, Equatable, Sendable {
  /// The name of the file that holds this.
  package static let fileName = "export-c.json"

  /// The model's name.
  package var model: String
  /// The version of lidarseg that wrote the folder.
  package var lidarseg: String
  /// What the names of the program's files and functions start with.
  package var program: String
  /// Bytes of memory that a run needs beside inputs, outputs and weights.
  package var arenaBytes: Int
  /// Bytes of the weights.
  package var weightBytes: Int
  /// The inputs, in the order that the program takes them.
  package var inputs: [String]
  /// The names of the classes, in the order of the scores.
  package var classes: [String]
  /// Whether it computes with bytes.
  package var isQuantized: Bool
  /// How far scores may differ from the golden ones.
  package var tolerance: Float
  /// The least share of the cells whose class must be the golden one.
  package var agreement: Double
  /// Everything else in the folder.
  package var files: [ExportManifest.File]

  /// The file of a golden value: raw 32-bit floats, channels last.
  package static func goldenFile(of name: String) -> String { "golden-\(name).f32" }

  /// Reads the manifest of an exported folder.
  ///
  /// - Throws: `.unreadable` where there is none, `.damaged` where it is none of `export`.
  package init(folder: URL) throws(ExportError) {
    let url = folder.appending(path: Self.fileName)
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
    } catch let error as DecodingError {
      throw ExportError(
        .damaged, "this is no manifest of an export: \(error)", remedy: "export the model again",
        path: url.path)
    } catch {
      throw ExportError(
        .unreadable, "the manifest of an export cannot be read",
        remedy: "name a folder that lidarseg export wrote", path: url.path)
    }
    guard !(files.map(\.name) + [program]).contains(where: { $0.contains("/") }) else {
      throw ExportError(
        .damaged, "the manifest names files that are not the folder's",
        remedy: "export the model again", path: url.path)
    }
  }

  init(
    model: String, lidarseg: String, program: String, arenaBytes: Int, weightBytes: Int,
    inputs: [String], classes: [String], isQuantized: Bool, tolerance: Float, agreement: Double,
    files: [ExportManifest.File]
  ) {
    (self.model, self.lidarseg, self.program) = (model, lidarseg, program)
    (self.arenaBytes, self.weightBytes) = (arenaBytes, weightBytes)
    (self.inputs, self.classes, self.isQuantized) = (inputs, classes, isQuantized)
    (self.tolerance, self.agreement, self.files) = (tolerance, agreement, files)
  }
}

/// What a model makes of the golden scan, channels last as the program reads and writes them.
private struct CGoldenRun {
  private let inputs: [String: Tensor<Float>]
  private let result: Tensor<Float>

  init(_ model: Model, _ graph: Graph, threadCount: Int) throws {
    let description = model.description
    let scan = GoldenScan.image(of: description.geometry)
    let (rows, columns) = (description.geometry.rows, description.geometry.columns)
    var features = Tensor<Float>([1, rows, columns, description.input.channels.count])
    features.withUnsafeMutableElements {
      FeatureImage(description.input, intensityScale: 1).fill($0, from: scan)
    }
    let mask = scan.pointIndex.map { $0 >= 0 ? Float(1) : 0 }
    let session = try Session(
      graph, parameters: model.parameters, backend: .fastest, threadCount: threadCount)
    let taken = Set(graph.inputs.map(\.name))
    inputs = ["features": features, "mask": Tensor([1, rows, columns, 1], mask)]
      .filter { taken.contains($0.key) }
    _ = try session.run(inputs)
    result = session.output("scores")
  }

  var scoreRange: Float {
    result.withUnsafeElements { ($0.max() ?? 0) - ($0.min() ?? 0) }
  }

  func input(_ name: String) throws(ExportError) -> Data {
    guard let tensor = inputs[name] else {
      throw ExportError(
        .mismatched, "nothing is known of the input \(name)", remedy: "export a model of classes")
    }
    return Self.data(tensor)
  }

  var scores: Data { Self.data(result) }

  private static func data(_ tensor: Tensor<Float>) -> Data {
    tensor.withUnsafeElements { Data(buffer: $0) }
  }
}
