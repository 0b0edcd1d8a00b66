import Datasets
import Foundation
import Yams

/// A configuration made of its defaults, a file that says what differs, and settings of the command
/// line.
///
/// A recipe file is YAML and has no more keys than the configuration: an unknown one is refused and
/// the nearest one named.
public enum Recipe {
  /// The defaults with what a file and settings say.
  ///
  /// - Parameters:
  ///   - defaults: every field has a value; the fields' names are the keys.
  ///   - path: a YAML file with some of the keys, the name of a shipped recipe, or nothing.
  ///   - settings: texts like `physics.glass=false`; later ones win.
  /// - Returns: the configuration with every field decided.
  /// - Throws: `unreadable`, `malformed`, `unknownKey`, `invalidValue`.
  public static func resolve<Configuration: Codable>(
    _ defaults: Configuration, file path: String? = nil, settings: [String] = []
  ) throws(RecipeError) -> Configuration {
    var tree = try RecipeTree(encoding: defaults)
    if let path {
      do throws(RecipeError) {
        try tree.merge(yaml: try text(of: path))
      } catch {
        var located = error
        located.path = path
        throw located
      }
    }
    for setting in settings { try tree.set(setting) }
    return try tree.decoded(as: Configuration.self)
  }

  /// The YAML text of a configuration with all its fields.
  ///
  /// - Throws: `invalidValue` where a value cannot be written.
  public static func text(of configuration: some Codable) throws(RecipeError) -> String {
    do {
      return try YAMLEncoder().encode(configuration)
    } catch {
      throw RecipeError(
        .invalidValue, "the recipe cannot be written: \(error)", remedy: "use finite numbers")
    }
  }

  private static func text(of path: String) throws(RecipeError) -> String {
    if let text = shipped(path) { return text }
    do {
      return try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
    } catch {
      throw RecipeError(
        .unreadable, "the recipe cannot be read: \(error.localizedDescription)",
        remedy: "name a YAML file, or one of \(shippedNames.joined(separator: ", "))")
    }
  }
}
