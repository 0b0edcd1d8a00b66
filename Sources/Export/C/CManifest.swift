package import Foundation
import JSONTexts

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
      self = try JSONText.decode(Self.self, from: Data(contentsOf: url))
    } catch let error as JSONFault {
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
