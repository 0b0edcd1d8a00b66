import PCLBridge

/// The header of a PCD file, held to the format before anything is read by it.
struct PCDHeader {
  var layout: RecordLayout
  /// Points that the header claims.
  var count: Int
  var encoding: ScanEncoding
  /// Where the body starts.
  var bodyStart: Int
  /// Whether the points are seen from elsewhere than the origin.
  var hasViewpoint: Bool

  private static let keywords = [
    "VERSION", "FIELDS", "COLUMNS", "SIZE", "TYPE", "COUNT", "WIDTH", "HEIGHT", "VIEWPOINT",
    "POINTS", "DATA",
  ]
  private static let versions = ["0.7", ".7", "0.6", ".6", "0.5", ".5"]

  init(_ file: FileContent) throws(PointCloudIOError) {
    var lines = HeaderLines(file.bytes)
    var entries: [String: HeaderLines.Line] = [:]
    while entries["DATA"] == nil {
      guard let line = lines.next() else {
        throw file.damaged("the header ends before its DATA line", at: lines.offset)
      }
      guard let keyword = line.words.first, !keyword.text.hasPrefix("#") else { continue }
      guard Self.keywords.contains(keyword.text) else {
        throw file.damaged(
          "a line of the header starts with none of \(Self.keywords.joined(separator: ", "))",
          at: keyword.offset)
      }
      let name = keyword.text == "COLUMNS" ? "FIELDS" : keyword.text
      guard entries.updateValue(line, forKey: name) == nil else {
        throw file.damaged("the header has a second \(name) line", at: keyword.offset)
      }
    }
    if let version = entries["VERSION"] {
      guard let text = version.values.first?.text, Self.versions.contains(text) else {
        throw file.unsupported(
          "this PCD version is not read", at: version.offset,
          remedy: "Convert it to version 0.7.")
      }
    }
    bodyStart = lines.offset
    layout = try Self.layout(file, entries)
    count = try Self.pointCount(file, entries)
    encoding = try Self.encoding(file, entries)
    hasViewpoint =
      entries["VIEWPOINT"].map {
        $0.values.map { Double($0.text) } != [0, 0, 0, 1, 0, 0, 0]
      } ?? false
  }

  private static func line(
    _ name: String, _ file: FileContent, _ entries: [String: HeaderLines.Line]
  ) throws(PointCloudIOError) -> HeaderLines.Line {
    guard let line = entries[name] else {
      throw file.damaged("the header has no \(name) line", at: 0)
    }
    return line
  }

  private static func layout(
    _ file: FileContent, _ entries: [String: HeaderLines.Line]
  ) throws(PointCloudIOError) -> RecordLayout {
    let names = try line("FIELDS", file, entries)
    let sizes = try line("SIZE", file, entries)
    let types = try line("TYPE", file, entries)
    let counts = entries["COUNT"]
    for other in [sizes, types] + (counts.map { [$0] } ?? [])
    where other.values.count != names.values.count {
      throw file.damaged(
        "\(names.values.count) FIELDS but \(other.values.count) values of \(other.words[0].text)",
        at: other.offset)
    }
    var layout = RecordLayout(fields: [])
    var values = 0
    for (index, name) in names.values.enumerated() {
      let (size, type) = (sizes.words[index + 1], types.words[index + 1])
      guard let element = element(type: type.text, size: size.text) else {
        throw file.damaged(
          "field \(index + 1) has a type and size that do not go together", at: size.offset)
      }
      let count = counts.map { HeaderLines.count($0.words[index + 1].text) } ?? 1
      guard let count, count > 0, count <= RecordLayout.mostValues - values else {
        throw file.damaged(
          "field \(index + 1) has no values, or a point more than \(RecordLayout.mostValues)",
          at: counts?.words[index + 1].offset ?? name.offset)
      }
      values += count
      layout.fields.append(.init(name: name.text, element: element, count: count))
    }
    guard !layout.fields.isEmpty else {
      throw file.damaged("the header names no fields", at: names.offset)
    }
    return layout
  }

  private static func element(type: String, size: String) -> PCLElement? {
    switch type + size {
    case "I1": .int8
    case "U1": .uint8
    case "I2": .int16
    case "U2": .uint16
    case "I4": .int32
    case "U4": .uint32
    case "I8": .int64
    case "U8": .uint64
    case "F4": .float32
    case "F8": .float64
    default: nil
    }
  }

  private static func pointCount(
    _ file: FileContent, _ entries: [String: HeaderLines.Line]
  ) throws(PointCloudIOError) -> Int {
    func number(_ name: String) throws(PointCloudIOError) -> Int? {
      guard let line = entries[name] else { return nil }
      guard line.values.count == 1, let number = HeaderLines.count(line.words[1].text) else {
        throw file.damaged("the \(name) line holds no count", at: line.offset)
      }
      return number
    }
    let points = try number("POINTS")
    let height = try number("HEIGHT") ?? 1
    guard let width = try number("WIDTH") ?? points else {
      throw file.damaged("the header has neither a WIDTH nor a POINTS line", at: 0)
    }
    let (count, isTooLarge) = width.multipliedReportingOverflow(by: height)
    guard !isTooLarge, points == nil || points == count else {
      throw file.damaged(
        "WIDTH \(width) times HEIGHT \(height) is not POINTS \(points ?? .max)",
        at: entries["POINTS"]?.offset ?? 0)
    }
    return count
  }

  private static func encoding(
    _ file: FileContent, _ entries: [String: HeaderLines.Line]
  ) throws(PointCloudIOError) -> ScanEncoding {
    let line = try line("DATA", file, entries)
    guard line.values.count == 1, let encoding = ScanEncoding(rawValue: line.words[1].text) else {
      throw file.damaged(
        "the DATA line names none of ascii, binary, binary_compressed", at: line.offset)
    }
    return encoding
  }

  /// A header for `count` points.
  static func text(_ layout: RecordLayout, count: Int, encoding: ScanEncoding) -> String {
    func list(_ value: (RecordLayout.Field) -> String) -> String {
      layout.fields.map(value).joined(separator: " ")
    }
    return """
      # .PCD v0.7 - Point Cloud Data file format
      VERSION 0.7
      FIELDS \(list(\.name))
      SIZE \(list { String($0.element.size) })
      TYPE \(list { $0.element.typeLetter })
      COUNT \(list { String($0.count) })
      WIDTH \(count)
      HEIGHT 1
      VIEWPOINT 0 0 0 1 0 0 0
      POINTS \(count)
      DATA \(encoding.rawValue)

      """
  }
}

extension PCLElement {
  /// The type letter of a PCD header.
  fileprivate var typeLetter: String {
    switch self {
    case .int8, .int16, .int32, .int64: "I"
    case .uint8, .uint16, .uint32, .uint64: "U"
    case .float32, .float64: "F"
    }
  }
}
