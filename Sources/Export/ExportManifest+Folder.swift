import Exchange
package import Foundation
import JSONTexts

/// The manifest of a folder, and whether the folder is still as it says.
extension ExportManifest {
  /// Reads the manifest of an exported folder.
  ///
  /// - Throws: `.unreadable` where there is none, `.damaged` where it is none of `export`.
  package init(folder: URL) throws(ExportError) {
    let path = folder.appending(path: Self.fileName).path
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw ExportError(
        .unreadable, "the manifest of an export cannot be read",
        remedy: "name a folder that lidarseg export wrote", path: path)
    }
    do {
      self = try JSONText.decode(Self.self, from: data)
    } catch {
      throw ExportError(
        .damaged, "this is no manifest of an export: \(error)", remedy: "export the model again",
        path: path)
    }
    let names = files.map(\.name)
    let needed = [file] + (inputs + outputs).compactMap(\.golden)
    guard needed.allSatisfy(names.contains), !names.contains(where: { $0.contains("/") }) else {
      throw ExportError(
        .damaged, "the manifest names files that are not the folder's",
        remedy: "export the model again", path: path)
    }
  }

  /// What has happened to the files since they were written, a sentence for each that is not the same.
  package func changes(in folder: URL) -> [String] { files.changes(in: folder) }
}
