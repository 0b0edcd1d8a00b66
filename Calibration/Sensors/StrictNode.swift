import Yams

/// A YAML node that is read with every key accounted for.
struct StrictNode {
  let node: Node
  let name: String
  let path: String?

  /// The node's line in the file, counted from 1.
  var line: Int? { node.mark?.line }

  func failure(_ message: String, remedy: String) -> SensorsError {
    let place = line.map { "line \($0): " } ?? ""
    return SensorsError(.malformed, place + message, remedy: remedy, path: path)
  }

  /// The values of a mapping that has no keys but `known`.
  func fields(_ known: [String], required: [String] = []) throws(SensorsError) -> [String: Self] {
    guard case .mapping(let mapping) = node else {
      throw failure("\(name) is not a mapping", remedy: "write it as `key: value` lines")
    }
    var fields: [String: Self] = [:]
    for (key, value) in mapping {
      let text = key.string ?? "?"
      guard known.contains(text) else {
        let nearest = known.min { $0.distance(to: text) < $1.distance(to: text) } ?? ""
        throw Self(node: key, name: text, path: path).failure(
          "\(name) has the unknown key \"\(text)\"", remedy: "did you mean \"\(nearest)\"?")
      }
      fields[text] = Self(node: value, name: text, path: path)
    }
    for key in required where fields[key] == nil {
      throw failure("\(name) lacks the key \"\(key)\"", remedy: "add it")
    }
    return fields
  }

  func elements() throws(SensorsError) -> [Self] {
    guard case .sequence(let sequence) = node else {
      throw failure("\(name) is not a list", remedy: "write it as `- item` lines")
    }
    return sequence.map { Self(node: $0, name: "an item of \(name)", path: path) }
  }

  func number() throws(SensorsError) -> Double {
    guard case .scalar(let scalar) = node, let value = Double(scalar.string), value.isFinite else {
      let text = node.string ?? "something else"
      throw failure("\(name) is \"\(text)\"", remedy: "give a finite number")
    }
    return value
  }

  func text() throws(SensorsError) -> String {
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
      throw failure("\(name) is not text", remedy: "give text")
    }
    return scalar.string
  }
}

extension String {
  /// How many characters have to be inserted, removed or replaced to get `other`.
  fileprivate func distance(to other: String) -> Int {
    var previous = Array(0...other.count)
    for (row, a) in enumerated() {
      var current = [row + 1]
      for (column, b) in other.enumerated() {
        current.append(
          Swift.min(
            previous[column] + (a == b ? 0 : 1), previous[column + 1] + 1, current[column] + 1))
      }
      previous = current
    }
    return previous[other.count]
  }
}
