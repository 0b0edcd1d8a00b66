import Exchange
package import Foundation
import PointCloudIO

/// The files of an exported model, in memory until all of them are known.
struct ExportedFiles: Sendable {
  /// By name, in the order in which they are written.
  private(set) var contents: [(name: String, data: Data)] = []

  mutating func add(_ name: String, _ data: Data) { contents.append((name, data)) }

  /// What is known of them.
  var records: [ExportManifest.File] { contents.map { ExportManifest.File($0.name, $0.data) } }

  /// Writes all files; each appears whole or not at all, the manifest last.
  func write(to folder: URL, manifest: some Encodable, named name: String) throws {
    for (name, data) in contents {
      try AtomicFile.write([UInt8](data), to: folder.appending(path: name).path)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write(
      [UInt8](try encoder.encode(manifest)) + [0x0a], to: folder.appending(path: name).path)
  }
}

extension [ExportManifest.File] {
  /// What has happened to the files since they were written, a sentence for each that is not the same.
  package func changes(in folder: URL) -> [String] {
    compactMap { file in
      guard let data = try? Data(contentsOf: folder.appending(path: file.name)) else {
        return "\(file.name) is missing"
      }
      return ExportManifest.File(file.name, data) == file
        ? nil : "\(file.name) has changed since it was exported"
    }
  }
}
