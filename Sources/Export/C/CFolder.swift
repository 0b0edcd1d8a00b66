package import Exchange
package import Foundation
import PointClouds

/// A model as a C program, with a golden scan and the scores that must come out.
package struct CFolder {
  /// What is in the folder.
  package let manifest: CManifest
  private let files: ExportedFiles

  /// Makes everything in memory; nothing is written yet.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - version: the program's version.
  ///   - threadCount: threads that compute the golden scores.
  /// - Throws: `.mismatched` where the model says no classes, `.unsupported` where an operation of its network
  ///   is none of C's.
  package init(_ model: Model, version: String, threadCount: Int) throws {
    let description = model.description
    let network = try ExportableNetwork(of: description)
    let options = CProgram.Options(of: description)
    let program = try CProgram(network.graph, parameters: model.parameters, options: options)
    let golden = try GoldenRun(model, network, threadCount: threadCount)
    var files = ExportedFiles()
    for file in program.files { files.add(file.name, Data(file.contents.utf8)) }
    for name in program.inputs + ["scores"] {
      if let floats = golden.floats(of: name) { files.add(CManifest.goldenFile(of: name), floats) }
    }
    manifest = CManifest(
      model: description.name, lidarseg: version, program: options.name,
      arenaBytes: program.arenaByteCount, weightBytes: program.weightByteCount,
      inputs: program.inputs, classes: description.labelMap.classes.map(\.name),
      isQuantized: network.isQuantized,
      tolerance: golden.tolerance(isQuantized: network.isQuantized),
      agreement: network.isQuantized ? 0.999 : 0.9999, files: files.records)
    self.files = files
  }

  /// Writes all files; each appears whole or not at all, the manifest last.
  package func write(to folder: URL) throws {
    try files.write(to: folder, manifest: manifest, named: CManifest.fileName)
  }
}
