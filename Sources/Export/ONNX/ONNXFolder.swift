package import Exchange
import Execution
package import Foundation
import Graphs
import PointCloudIO
import PointClouds

/// A model as a folder that explains and checks itself: the file, a golden scan with the scores that the
/// file must give for it, a script that compares, and a manifest.
package struct ONNXFolder {
  /// The name of the script, which needs Python with NumPy and ONNX Runtime, and nothing of lidarseg.
  package static let scriptName = "verify.py"
  private static let scoresFile = "golden-scores.npy"

  /// The manifest, which is written last.
  package let manifest: ExportManifest
  /// How many nodes the file has.
  package let nodeCount: Int
  /// The other files by name, in the order in which they are written.
  private let contents: [(name: String, data: Data)]

  /// Makes everything in memory; nothing is written yet.
  ///
  /// - Throws: what `ONNXModel` throws.
  package init(
    _ model: Model, options: ONNXOptions, version: String, threadCount: Int
  ) throws {
    let onnx = try ONNXModel(model, options: options, version: version)
    let golden = try GoldenRun(model, onnx, threadCount: threadCount)
    let file = "\(Self.fileName(of: model.description.name)).onnx"
    let inputs = onnx.inputs.map { port in
      let name = port.name == "mask" ? "golden-mask.npy" : "golden-input.npy"
      return ExportManifest.Port(name: port.name, shape: port.shape, golden: name)
    }
    contents =
      [(file, onnx.bytes), (Self.scriptName, Data(ONNXVerification.script.utf8))]
      + inputs.map { ($0.golden ?? "", golden.file(of: $0.name, shape: $0.shape)) }
      + [(Self.scoresFile, golden.scoresFile)]
    nodeCount = onnx.nodeCount
    let description = model.description
    let input = description.input
    manifest = ExportManifest(
      model: description.name,
      modelSHA256: SHA256.hexadecimalDigest(of: try ModelFile.bytes(of: model)),
      graphSHA256: SHA256.hexadecimalDigest(of: Data(onnx.graph.description.utf8)),
      lidarseg: version, file: file, operatorSet: ONNXModel.operatorSet,
      classes: description.labelMap.classes.map(\.name), inputs: inputs,
      outputs: onnx.outputs.map { port in
        ExportManifest.Port(
          name: port.name, shape: port.shape,
          golden: port.name == "scores" ? Self.scoresFile : nil)
      },
      channels: input.channels.indices.map { index in
        ExportManifest.Channel(
          name: input.channels[index], mean: input.mean[index], deviation: input.deviation[index])
      },
      normalizesEmptyCells: input.normalizesEmptyCells, normalizesItself: options.normalisation,
      isQuantized: onnx.isQuantized,
      tolerance: Self.tolerance(of: golden.scoreRange, isQuantized: onnx.isQuantized), agreement: 1,
      files: contents.map { ExportManifest.File($0.name, $0.data) })
  }

  /// How far scores may differ: what floats of their size can tell apart, and 1e-4 at least; for bytes, a
  /// fiftieth of their range.
  private static func tolerance(of scoreRange: Float, isQuantized: Bool) -> Float {
    isQuantized ? 0.02 * scoreRange : max(1e-4, 2e-6 * scoreRange)
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
      to: folder.appending(path: ExportManifest.fileName).path)
  }

  /// A model's name as that of a file in the folder: a model may be called anything.
  static func fileName(of model: String) -> String {
    let isPlain = { (character: Character) in
      character.isASCII && (character.isLetter || character.isNumber) || "_-".contains(character)
    }
    let name = String(model.map { isPlain($0) ? $0 : "-" })
    return name.isEmpty ? "model" : name
  }
}
