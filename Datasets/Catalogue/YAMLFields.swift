import YAMLTrees
import Yams

/// The keys of one YAML mapping, held to those that are allowed.
struct YAMLFields {
  private let path: String
  private let line: Int
  private let nodes: [String: Node]

  /// - Throws: `malformed` for what is not YAML, not a mapping, or has a key not in `allowed`.
  init(_ file: TextFile, allowed: [String]) throws(DatasetsError) {
    let node: Node?
    do {
      node = try YAMLTree.composed(of: file.text)
    } catch {
      throw Self.notYAML(error, path: file.path)
    }
    guard let node else {
      throw DatasetsError(
        .malformed, "the file is empty",
        remedy: "Give the keys \(allowed.joined(separator: ", ")).",
        path: file.path, offset: 0)
    }
    try self.init(node, path: file.path, allowed: allowed)
  }

  init(_ node: Node, path: String, allowed: [String]) throws(DatasetsError) {
    self.path = path
    line = node.mark?.line ?? 1
    guard let mapping = node.mapping else {
      throw Self.malformed(
        "line \(line): this is not a mapping",
        remedy: "Give keys among \(allowed.joined(separator: ", ")).", path: path)
    }
    var nodes: [String: Node] = [:]
    for (key, value) in mapping {
      let name = key.scalar?.string ?? ""
      guard allowed.contains(name) else {
        let meant = nearestName(to: name, among: allowed).map { "Did you mean '\($0)'?" }
        throw Self.malformed(
          "line \(key.mark?.line ?? line): unknown key '\(name)'",
          remedy: meant ?? "The keys are \(allowed.joined(separator: ", ")).", path: path)
      }
      nodes[name] = value
    }
    self.nodes = nodes
  }

  /// Whether the key is there.
  func has(_ key: String) -> Bool { nodes[key] != nil }

  func string(_ key: String) throws(DatasetsError) -> String {
    try text(of: try node(key), key)
  }

  func optionalString(_ key: String) throws(DatasetsError) -> String? {
    try nodes[key].map { (node) throws(DatasetsError) in try text(of: node, key) }
  }

  /// One text or a list of texts.
  func strings(_ key: String) throws(DatasetsError) -> [String] {
    let node = try node(key)
    guard let items = node.sequence else { return [try text(of: node, key)] }
    return try items.map { (item) throws(DatasetsError) in try text(of: item, key) }
  }

  /// A whole number of `type`'s range.
  func integer<Number: FixedWidthInteger>(
    _ key: String, as type: Number.Type
  ) throws(DatasetsError) -> Number {
    try integer(in: try node(key), key)
  }

  /// A list of whole numbers of `type`'s range.
  func integers<Number: FixedWidthInteger>(
    _ key: String, as type: Number.Type
  ) throws(DatasetsError) -> [Number] {
    let node = try node(key)
    guard let items = node.sequence else {
      throw wrong(node, key, "is not a list", "Write it as [1, 2, 3].")
    }
    return try items.map { (item) throws(DatasetsError) in try integer(in: item, key) }
  }

  /// A list of mappings.
  func list(_ key: String, allowed: [String]) throws(DatasetsError) -> [YAMLFields] {
    let node = try node(key)
    guard let items = node.sequence else {
      throw wrong(node, key, "is not a list", "Give a list of mappings.")
    }
    return try items.map { (item) throws(DatasetsError) in
      try YAMLFields(item, path: path, allowed: allowed)
    }
  }

  /// An error at the mapping.
  func malformed(_ message: String, remedy: String) -> DatasetsError {
    Self.malformed("line \(line): \(message)", remedy: remedy, path: path)
  }
}

extension YAMLFields {
  private func node(_ key: String) throws(DatasetsError) -> Node {
    guard let node = nodes[key] else {
      throw malformed("'\(key)' is missing", remedy: "Add '\(key):'.")
    }
    return node
  }

  private func text(of node: Node, _ key: String) throws(DatasetsError) -> String {
    guard let text = node.scalar?.string, !text.isEmpty else {
      throw wrong(node, key, "is not a text", "Write '\(key): TEXT'.")
    }
    return text
  }

  private func integer<Number: FixedWidthInteger>(
    in node: Node, _ key: String
  ) throws(DatasetsError) -> Number {
    guard let text = node.scalar?.string, let number = Number(text) else {
      throw wrong(
        node, key, "holds '\(node.scalar?.string ?? "a list")'",
        "Use whole numbers from \(Number.min) to \(Number.max).")
    }
    return number
  }

  private func wrong(
    _ node: Node, _ key: String, _ message: String, _ remedy: String
  ) -> DatasetsError {
    Self.malformed(
      "line \(node.mark?.line ?? line): '\(key)' \(message)", remedy: remedy, path: path)
  }

  private static func malformed(
    _ message: String, remedy: String, path: String
  ) -> DatasetsError {
    DatasetsError(.malformed, message, remedy: remedy, path: path)
  }

  private static func notYAML(_ error: any Error, path: String) -> DatasetsError {
    let remedy = "Check quotes, brackets and indentation."
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return malformed("line \(mark.line): \(problem)", remedy: remedy, path: path)
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
      return malformed(
        "line \(context.mark.line): \(names) occurs twice", remedy: "Keep one of them.", path: path)
    default:
      return malformed("this is not YAML", remedy: remedy, path: path)
    }
  }
}
