import Foundation

/// Models that lie together, with the SHA-256 that was recorded for each.
public struct ModelCollection: Sendable {
  /// The file that digests are recorded in: lines of a digest, two spaces, and a file's name.
  public static let digestFile = "SHA256SUMS"
  static let suffix = ".safetensors"

  private let files: [String: Data]
  private let recorded: [String: String]
  private let place: String

  /// Models by their names, and the text of a `SHA256SUMS`.
  init(_ files: [String: Data], digests: String, place: String) {
    (self.files, self.place) = (files, place)
    var recorded: [String: String] = [:]
    for line in digests.split(separator: "\n") {
      let parts = line.split(separator: " ")
      guard parts.count == 2, parts[1].hasSuffix(Self.suffix) else { continue }
      recorded[String(parts[1].dropLast(Self.suffix.count))] = String(parts[0])
    }
    self.recorded = recorded
  }

  /// The models of a folder: every `.safetensors` file in it, and its `SHA256SUMS`.
  ///
  /// - Throws: `.unreadable` where there is no such folder, or no model in it.
  public init(folder: String) throws(ExchangeError) {
    let root = URL(fileURLWithPath: folder)
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: root.path)
      var files: [String: Data] = [:]
      for name in names where name.hasSuffix(Self.suffix) {
        files[String(name.dropLast(Self.suffix.count))] = try Data(
          contentsOf: root.appending(path: name), options: .alwaysMapped)
      }
      let digests = try? String(
        contentsOf: root.appending(path: Self.digestFile), encoding: .utf8)
      self.init(files, digests: digests ?? "", place: folder)
    } catch {
      throw ExchangeError(
        .unreadable, "the folder cannot be read: \(error.localizedDescription)",
        remedy: "name a folder of model files", path: folder)
    }
    guard !files.isEmpty else {
      throw ExchangeError(
        .unreadable, "the folder holds no model", remedy: "name a folder of .safetensors files",
        path: folder)
    }
  }

  /// The models' names in alphabetical order.
  public var names: [String] { files.keys.sorted() }

  /// Reads a model.
  ///
  /// - Throws: `.unknown` with the names there are.
  public func model(named name: String) throws(ExchangeError) -> Model {
    guard let bytes = files[name] else {
      throw ExchangeError(
        .unknown, "no \(place) model is called \(name)",
        remedy: (names.isEmpty ? "" : "use one of: \(names.joined(separator: ", ")); or ")
          + "give the path of a model file")
    }
    return try ModelFile.read(bytes, path: "\(place):\(name)")
  }

  /// The digest that was recorded for a model and the one that its bytes have, in hexadecimal; nothing
  /// where there is no such model or record.
  public func digests(ofModelNamed name: String) -> (recorded: String?, found: String?) {
    (recorded[name], files[name].map(SHA256.hexadecimalDigest))
  }
}
