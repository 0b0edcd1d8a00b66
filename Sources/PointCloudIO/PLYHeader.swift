import PCLBridge

/// The header of a PLY file, held to the format before anything is read by it.
struct PLYHeader {
  enum Encoding: String {
    case ascii
    case littleEndian = "binary_little_endian"
    case bigEndian = "binary_big_endian"
  }

  struct Property {
    var name: String
    var element: PCLElement
    /// The type of a list's length; nothing for a property of one value.
    var listCount: PCLElement?
  }

  struct Element {
    var name: String
    /// How many the header claims.
    var count: Int
    var properties: [Property] = []

    /// Bytes of one, where they do not vary.
    var step: Int? {
      properties.contains { $0.listCount != nil }
        ? nil : properties.reduce(0) { $0 + $1.element.size }
    }
  }

  var encoding: Encoding
  var elements: [Element]
  /// Where the body starts.
  var bodyStart: Int

  init(_ file: FileContent) throws(PointCloudIOError) {
    var lines = HeaderLines(file.bytes)
    var encoding: Encoding?
    var elements: [Element] = []
    var isFirst = true
    while true {
      guard let line = lines.next() else {
        throw file.damaged("the header ends before its end_header line", at: lines.offset)
      }
      let words = line.words.map(\.text)
      if isFirst != (words == ["ply"]) {
        throw file.damaged("the first line alone says \"ply\"", at: line.offset)
      }
      isFirst = false
      switch words.first {
      case "ply", "comment", "obj_info", nil: break
      case "format":
        guard encoding == nil, words.count == 3, words[2] == "1.0",
          let named = Encoding(rawValue: words[1])
        else { throw file.damaged("the format line names no known format", at: line.offset) }
        encoding = named
      case "element":
        guard words.count == 3, let count = HeaderLines.count(words[2]) else {
          throw file.damaged("an element line holds no name and count", at: line.offset)
        }
        elements.append(Element(name: words[1], count: count))
      case "property": try Self.add(line, file, to: &elements)
      case "end_header":
        guard let encoding else { throw file.damaged("the header has no format line", at: 0) }
        self.encoding = encoding
        self.elements = elements
        bodyStart = line.end
        return
      default: throw file.damaged("a line of the header has no known keyword", at: line.offset)
      }
    }
  }

  private static func add(
    _ line: HeaderLines.Line, _ file: FileContent, to elements: inout [Element]
  ) throws(PointCloudIOError) {
    let words = line.words.map(\.text)
    let property: Property? =
      switch words.count {
      case 3: types[words[1]].map { Property(name: words[2], element: $0) }
      case 5 where words[1] == "list":
        types[words[3]].flatMap { element in
          types[words[2]].map {
            Property(name: words[4], element: element, listCount: $0)
          }
        }
      default: nil
      }
    guard let property, !elements.isEmpty, property.listCount?.isReal != true else {
      throw file.damaged("a property line holds no type and name", at: line.offset)
    }
    let last = elements.count - 1
    elements[last].properties.append(property)
    guard elements[last].properties.count <= RecordLayout.mostValues else {
      throw file.damaged(
        "an element has more than \(RecordLayout.mostValues) properties", at: line.offset)
    }
  }

  private static let types: [String: PCLElement] = [
    "char": .int8, "int8": .int8, "uchar": .uint8, "uint8": .uint8, "short": .int16,
    "int16": .int16, "ushort": .uint16, "uint16": .uint16, "int": .int32, "int32": .int32,
    "uint": .uint32, "uint32": .uint32, "float": .float32, "float32": .float32,
    "double": .float64, "float64": .float64,
  ]

  /// A header for `count` points and nothing else.
  static func text(_ layout: RecordLayout, count: Int, encoding: Encoding) -> String {
    let lines = layout.fields.map { "property \($0.element.plyName) \($0.name)\n" }
    return "ply\nformat \(encoding.rawValue) 1.0\nelement vertex \(count)\n"
      + lines.joined() + "end_header\n"
  }
}

extension PCLElement {
  fileprivate var isReal: Bool { self == .float32 || self == .float64 }

  /// The type's name in a PLY header, which has no integers of 64 bits.
  fileprivate var plyName: String {
    switch self {
    case .int8: "char"
    case .uint8: "uchar"
    case .int16: "short"
    case .uint16: "ushort"
    case .int32: "int"
    case .uint32: "uint"
    case .float32: "float"
    case .float64, .int64, .uint64: "double"
    }
  }
}
