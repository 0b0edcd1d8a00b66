import Datasets
import YAMLTrees
import Yams

/// The fields of a configuration as a YAML tree that can be changed key by key.
struct RecipeTree {
  private var root: Node

  init(encoding configuration: some Codable) throws(RecipeError) {
    let text = try Recipe.text(of: configuration)
    root = try Self.node(of: text) ?? .mapping([:])
  }

  /// Takes over what a text says.
  mutating func merge(yaml: String) throws(RecipeError) {
    guard let node = try Self.node(of: yaml) else { return }
    root = try Self.merged(root, with: node, at: [])
  }

  /// Takes over one setting, `a.b=value`.
  mutating func set(_ setting: String) throws(RecipeError) {
    let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw RecipeError(
        .malformed, "the setting \"\(setting)\" is not key=value",
        remedy: "write it like physics.glass=false")
    }
    var node = try Self.node(of: String(parts[1])) ?? Node("")
    for key in parts[0].split(separator: ".").reversed() {
      node = Node([(Node(String(key)), node)])
    }
    root = try Self.merged(root, with: node, at: [])
  }

  /// The configuration that the tree describes.
  func decoded<Configuration: Codable>(
    as type: Configuration.Type
  ) throws(RecipeError) -> Configuration {
    do {
      return try YAMLDecoder().decode(type, from: try Yams.serialize(node: root))
    } catch let error as DecodingError {
      throw Self.report(error)
    } catch {
      throw RecipeError(
        .malformed, "the recipe cannot be understood: \(error)", remedy: "mend its syntax")
    }
  }

  private static func node(of text: String) throws(RecipeError) -> Node? {
    do {
      return try YAMLTree.composed(of: text)
    } catch {
      let lines = "\(error)".split(separator: "\n").joined(separator: " ")
      throw RecipeError(
        .malformed, "not valid YAML: \(lines)", remedy: "mend the syntax")
    }
  }

  private static func merged(
    _ old: Node, with new: Node, at path: [String]
  ) throws(RecipeError) -> Node {
    guard case .mapping(var known) = old else { return new }
    let place = path.isEmpty ? "the recipe" : path.joined(separator: ".")
    guard case .mapping(let changes) = new else {
      throw RecipeError(
        .invalidValue, "\(place) is not a list of keys",
        remedy: "give some of \(names(known).joined(separator: ", "))")
    }
    for (key, value) in changes {
      let name = key.string ?? ""
      guard let before = known[key] else {
        let nearest = nearestName(to: name, among: names(known))
        throw RecipeError(
          .unknownKey, "\(place) has no key \"\(name)\"",
          remedy: nearest.map { "did you mean \"\((path + [$0]).joined(separator: "."))\"?" }
            ?? "use one of \(names(known).joined(separator: ", "))")
      }
      known[key] = try merged(before, with: value, at: path + [name])
    }
    return .mapping(known)
  }

  private static func names(_ mapping: Node.Mapping) -> [String] {
    mapping.keys.compactMap(\.string)
  }

  private static func report(_ error: DecodingError) -> RecipeError {
    let (context, problem): (DecodingError.Context?, String) =
      switch error {
      case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
        (context, "a \(plainName(of: type)) is wanted")
      case .dataCorrupted(let context): (context, context.debugDescription)
      case .keyNotFound(_, let context): (context, context.debugDescription)
      @unknown default: (nil, "\(error)")
      }
    let path = context?.codingPath.map(\.stringValue).joined(separator: ".") ?? ""
    return RecipeError(
      .invalidValue, "\(path) cannot have this value: \(problem)",
      remedy: "give a value like the default's")
  }

  private static func plainName(of type: Any.Type) -> String {
    switch type {
    case is Bool.Type: "true or false"
    case is Int.Type: "whole number"
    case is Float.Type, is Double.Type: "number"
    default: "\(type)"
    }
  }
}
