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
  private let files: ExportedFiles

  /// Makes everything in memory; nothing is written yet.
  ///
  /// - Throws: what `ONNXModel` throws.
  package init(
    _ model: Model, options: ONNXOptions, version: String, threadCount: Int
  ) throws {
    let onnx = try ONNXModel(model, options: options, version: version)
    let golden = try GoldenRun(model, onnx.network, threadCount: threadCount)
    let file = "\(Self.fileName(of: model.description.name)).onnx"
    let inputs = onnx.inputs.map { port in
      let name = port.name == "mask" ? "golden-mask.npy" : "golden-input.npy"
      return ExportManifest.Port(name: port.name, shape: port.shape, golden: name)
    }
    var files = ExportedFiles()
    files.add(file, onnx.bytes)
    files.add(Self.scriptName, Data(ONNXVerification.script.utf8))
    for port in inputs {
      files.add(port.golden ?? "", golden.file(of: port.name, shape: port.shape))
    }
    files.add(Self.scoresFile, golden.scoresFile)
    self.files = files
    nodeCount = onnx.nodeCount
    let description = model.description
    let input = description.input
    manifest = ExportManifest(
      model: description.name,
      modelSHA256: SHA256.hexadecimalDigest(of: try ModelFile.bytes(of: model)),
      graphSHA256: SHA256.hexadecimalDigest(of: Data(onnx.network.graph.description.utf8)),
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
      isQuantized: onnx.network.isQuantized,
      tolerance: golden.tolerance(isQuantized: onnx.network.isQuantized), agreement: 1,
      files: files.records)
  }

  /// Writes all files; each appears whole or not at all, the manifest last.
  package func write(to folder: URL) throws {
    try files.write(to: folder, manifest: manifest, named: ExportManifest.fileName)
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
