import CBundledFiles
import Foundation

/// The models that the program carries within itself.
public enum BundledModels {
  private static let folder = "models/"
  private static let suffix = ".safetensors"

  /// Their names in alphabetical order.
  public static var names: [String] { files.map(\.name).sorted() }

  /// Reads a bundled model.
  ///
  /// - Throws: `.unknown` with the names there are.
  public static func model(named name: String) throws(ExchangeError) -> Model {
    guard let file = files.first(where: { $0.name == name }) else {
      throw ExchangeError(
        .unknown, "no bundled model is called \(name)",
        remedy: (names.isEmpty ? "" : "use one of: \(names.joined(separator: ", ")); or ")
          + "give the path of a model file")
    }
    return try ModelFile.read(file.bytes, path: "bundled:\(name)")
  }

  /// Whether the bytes of a bundled model are those whose SHA-256 is recorded beside it.
  ///
  /// - Returns: the digest that was recorded, and the one that the bytes have, in hexadecimal.
  /// - Throws: `.unknown` where there is no such model.
  public static func digests(
    ofModelNamed name: String
  ) throws(ExchangeError) -> (recorded: String?, found: String) {
    guard let file = files.first(where: { $0.name == name }) else {
      throw ExchangeError(
        .unknown, "no bundled model is called \(name)",
        remedy: "use one of: \(names.joined(separator: ", "))")
    }
    return (recordedDigests[name], SHA256.hexadecimalDigest(of: file.bytes))
  }

  /// The lines of `SHA256SUMS`: a digest, two spaces, and a file's name.
  private static var recordedDigests: [String: String] {
    var digests: [String: String] = [:]
    for position in 0..<bundled_file_count() {
      let file = bundled_file_at(position)
      guard String(cString: file.name) == folder + "SHA256SUMS" else { continue }
      let text = String(
        decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
      for line in text.split(separator: "\n") {
        let parts = line.split(separator: " ")
        guard parts.count == 2, parts[1].hasSuffix(suffix) else { continue }
        digests[String(parts[1].dropLast(suffix.count))] = String(parts[0])
      }
    }
    return digests
  }

  /// The bytes of every bundled model by name.
  static var files: [(name: String, bytes: Data)] {
    (0..<bundled_file_count()).compactMap { position in
      let file = bundled_file_at(position)
      let name = String(cString: file.name)
      guard name.hasPrefix(folder), name.hasSuffix(suffix) else { return nil }
      let short = String(name.dropFirst(folder.count).dropLast(suffix.count))
      // The bytes are constants of the program: they live as long as it runs.
      let bytes = Data(
        bytesNoCopy: UnsafeMutableRawPointer(mutating: file.bytes), count: file.count,
        deallocator: .none)
      return (short, bytes)
    }
  }
}
