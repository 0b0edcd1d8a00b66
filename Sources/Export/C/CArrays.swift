/// The constant arrays of a C program, in the order in which they are first used.
struct CArrays {
  /// What the elements are.
  enum Elements {
    case floats([Float])
    case bytes([Int8])
  }

  /// One array.
  struct Entry {
    /// What it is called in C.
    let name: String
    /// What it holds, for people.
    let comment: String
    let elements: Elements
  }

  private let prefix: String
  private(set) var entries: [Entry] = []

  /// Arrays whose names begin alike.
  init(prefix: String) {
    self.prefix = prefix
  }

  /// Adds floats and gives the array's name.
  mutating func add(_ elements: [Float], _ comment: String) -> String {
    add(.floats(elements), comment)
  }

  /// Adds signed bytes and gives the array's name.
  mutating func add(_ elements: [Int8], _ comment: String) -> String {
    add(.bytes(elements), comment)
  }

  private mutating func add(_ elements: Elements, _ comment: String) -> String {
    let name = "\(prefix)_weights_\(entries.count)"
    entries.append(Entry(name: name, comment: comment, elements: elements))
    return name
  }

  /// Bytes of all arrays.
  var byteCount: Int { entries.reduce(0) { $0 + $1.byteCount } }

  /// Checks that all numbers are finite: others have no literals.
  func check() throws(ExportError) {
    for entry in entries {
      guard case .floats(let numbers) = entry.elements else { continue }
      guard let place = numbers.firstIndex(where: { !$0.isFinite }) else { continue }
      throw ExportError(
        .mismatched, "the weights of \(entry.comment) hold \(numbers[place])",
        remedy: "train the network again, or take an earlier checkpoint")
    }
  }
}

extension CArrays.Entry {
  /// Bytes of the elements.
  var byteCount: Int {
    switch elements {
    case .floats(let numbers): 4 * numbers.count
    case .bytes(let numbers): numbers.count
    }
  }

  /// The declaration, without the values.
  var declaration: String {
    switch elements {
    case .floats(let numbers): "const float \(name)[\(numbers.count)]"
    case .bytes(let numbers): "const int8_t \(name)[\(numbers.count)]"
    }
  }

  /// The definition, with a comment in front.
  var definition: String {
    let values: [String] =
      switch elements {
      case .floats(let numbers): numbers.map(\.cLiteral)
      case .bytes(let numbers): numbers.map { "\($0)" }
      }
    var text = "// \(comment.asCComment)\n\(declaration) = {\n"
    let perLine = 8
    for first in stride(from: 0, to: values.count, by: perLine) {
      let line = values[first..<min(first + perLine, values.count)]
      text += "  " + line.joined(separator: ", ") + ",\n"
    }
    return text + "};\n"
  }
}
