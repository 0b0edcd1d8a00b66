import CBundledFiles
import Foundation

extension ModelCollection {
  private static let bundledFolder = "models/"

  /// The models that the program carries within itself.
  public static let bundled: ModelCollection = {
    var files: [String: Data] = [:]
    var digests = ""
    for position in 0..<bundled_file_count() {
      let file = bundled_file_at(position)
      let name = String(cString: file.name)
      guard name.hasPrefix(bundledFolder) else { continue }
      // The bytes are constants of the program: they live as long as it runs.
      let bytes = Data(
        bytesNoCopy: UnsafeMutableRawPointer(mutating: file.bytes), count: file.count,
        deallocator: .none)
      let short = String(name.dropFirst(bundledFolder.count))
      if short.hasSuffix(suffix) {
        files[String(short.dropLast(suffix.count))] = bytes
      } else if short == digestFile {
        digests = String(decoding: bytes, as: UTF8.self)
      }
    }
    return ModelCollection(files, digests: digests, place: "bundled")
  }()
}

/// The models that the program carries within itself.
public enum BundledModels {
  /// Their names in alphabetical order.
  public static var names: [String] { ModelCollection.bundled.names }

  /// Reads a bundled model.
  ///
  /// - Throws: `.unknown` with the names there are.
  public static func model(named name: String) throws(ExchangeError) -> Model {
    try ModelCollection.bundled.model(named: name)
  }
}
