public import Foundation
import Graphs
import JSONTexts
import PointCloudIO

/// Models as `.safetensors` files.
///
/// The weights lie under their names, and everything else in a JSON object under the metadata key
/// `lidarseg.model`: one file is a whole model.
public enum ModelFile {
  private static let key = "lidarseg.model"

  /// Reads a model.
  ///
  /// - Throws: `.unreadable`, `.damaged` with the offset, `.mismatched` where the weights are not
  ///   the ones its own graph needs.
  public static func read(_ path: String) throws -> Model {
    let bytes: Data
    // A device or a pipe has no end that could be waited for.
    let kind =
      try? FileManager.default.attributesOfItem(
        atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)[.type]
      as? FileAttributeType
    guard kind == nil || kind == .typeRegular else {
      throw ExchangeError(
        .unreadable, "this is not a regular file", remedy: "name a model file", path: path)
    }
    do {
      bytes = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    } catch {
      throw ExchangeError(
        .unreadable, "the model cannot be read", remedy: "check the path and its permissions",
        path: path)
    }
    return try read(bytes, path: path)
  }

  /// Reads a model from memory; `path` names it in errors.
  public static func read(_ bytes: Data, path: String) throws(ExchangeError) -> Model {
    let file = try SafetensorsFile(bytes, path: path)
    guard let text = file.metadata[key] else {
      throw ExchangeError(
        .damaged, "the file holds tensors but no model (no metadata \"\(key)\")",
        remedy: "name a model file; lidarseg models import makes one of weights in a NumPy archive",
        path: path, offset: 8)
    }
    do {
      let description = try JSONText.decode(ModelDescription.self, from: Data(text.utf8))
      return try Model(description, parameters: file.tensors)
    } catch let error as ExchangeError {
      var located = error
      located.path = path
      throw located
    } catch let error as GraphError {
      throw ExchangeError(
        .damaged, "the graph is wrong at \(error.node): \(error.message)",
        remedy: "write the model again", path: path, offset: 8)
    } catch {
      throw ExchangeError(
        .damaged, "the model's description cannot be decoded: \(error)",
        remedy: "write the model again, or use the version of lidarseg that wrote it", path: path,
        offset: 8)
    }
  }

  /// Writes a model; the file appears whole or not at all.
  public static func write(_ model: Model, to path: String) throws {
    try AtomicFile.write([UInt8](bytes(of: model)), to: path)
  }

  /// The bytes that `write` writes; equal for equal models.
  public static func bytes(of model: Model) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(model.description), as: UTF8.self)
    return try SafetensorsFile(metadata: [key: text], tensors: model.parameters).bytes()
  }
}
