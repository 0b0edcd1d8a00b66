import CBundledFiles
public import PointClouds

extension LabelMap {
  /// Reads a label map from a YAML file.
  ///
  /// Its keys are `name`, `ignore` (raw ids of which nothing is known), `classes` (a list of `name`,
  /// `read` (raw ids, or `rest`), `write` (a raw id) and `color` (red, green, blue)) and, if ids
  /// outside the data set's own are to be noticed, `known` (all its raw ids).
  ///
  /// - Throws: `DatasetsError`: `unreadable`, or `malformed` for an unknown key or a map that
  ///   contradicts itself.
  public static func read(path: String) throws(DatasetsError) -> LabelMap {
    try read(TextFile(path: path))
  }

  /// The label map of this name that the program carries within itself, for example `four-classes`.
  ///
  /// - Throws: `DatasetsError`: `unrecognised` where there is none of this name.
  public static func bundled(_ name: String) throws(DatasetsError) -> LabelMap {
    for position in 0..<bundled_file_count() {
      let file = bundled_file_at(position)
      guard String(cString: file.name) == bundledPath(name) else { continue }
      let bytes = UnsafeBufferPointer(start: file.bytes, count: file.count)
      return try read(TextFile(path: bundledPath(name), bytes: bytes))
    }
    let nearest = nearestName(to: name, among: bundledNames).map { "Did you mean '\($0)'?" }
    throw DatasetsError(
      .unrecognised, "no label map '\(name)' is bundled",
      remedy: nearest ?? "There are: \(bundledNames.joined(separator: ", ")).")
  }

  /// The map of a file or of a bundled name: a name with a slash or a YAML file's ending is a file's.
  ///
  /// - Throws: what `read(path:)` and `bundled(_:)` throw.
  public static func named(_ name: String) throws(DatasetsError) -> LabelMap {
    try isFile(name) ? read(path: name) : bundled(name)
  }

  /// Whether a name is meant as a file's and not as that of something known.
  static func isFile(_ name: String) -> Bool {
    name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
  }

  /// The names that `bundled(_:)` takes.
  public static var bundledNames: [String] {
    (0..<bundled_file_count()).map { String(cString: bundled_file_at($0).name) }
      .filter { $0.hasPrefix("labels/") }
      .map { String($0.dropFirst("labels/".count).dropLast(".yaml".count)) }
  }

  private static func bundledPath(_ name: String) -> String { "labels/\(name).yaml" }

  private static func read(_ file: TextFile) throws(DatasetsError) -> LabelMap {
    let fields = try YAMLFields(file, allowed: ["name", "ignore", "classes", "known"])
    let classKeys = ["name", "read", "write", "color"]
    let classes = try fields.list("classes", allowed: classKeys)
    let name = try fields.string("name")
    let ignored = try fields.integers("ignore", as: UInt16.self)
    let known = try fields.has("known") ? fields.integers("known", as: UInt16.self) : nil
    let labelClasses = try classes.map { (item) throws(DatasetsError) in try labelClass(item) }
    do {
      return try LabelMap(name: name, classes: labelClasses, ignored: ignored, known: known)
    } catch {
      throw DatasetsError(
        .malformed, error.message, remedy: error.remedy, path: file.path)
    }
  }

  private static func labelClass(_ fields: YAMLFields) throws(DatasetsError) -> LabelClass {
    let color = try fields.integers("color", as: UInt8.self)
    guard color.count == 3 else {
      throw fields.malformed(
        "'color' has \(color.count) components", remedy: "Write red, green and blue, each 0 to 255."
      )
    }
    let isRest = try fields.strings("read") == ["rest"]
    return LabelClass(
      name: try fields.string("name"),
      read: isRest ? .rest : .ids(try fields.integers("read", as: UInt16.self)),
      write: try fields.integer("write", as: UInt16.self),
      color: LabelColor(red: color[0], green: color[1], blue: color[2]))
  }
}
