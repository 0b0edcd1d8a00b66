/// Which raw class ids mean which class of a network, and what its predictions are written as.
///
/// A raw id is the low half of a `PointLabel`. Each of the 65,536 is either one of the classes,
/// ignored (nothing is known of the point), or unknown (no id of the data set: it counts as ignored,
/// and whoever reads labels reports how many there were).
public struct LabelMap: Equatable, Sendable {
  /// The map's name, for example `four-classes`.
  public let name: String
  /// The classes in the order of the network's outputs.
  public let classes: [LabelClass]
  /// Raw ids of points whose class is not known.
  public let ignored: [UInt16]
  /// All raw ids of the data set, or nothing where every id may occur.
  public let known: [UInt16]?
  /// For every raw id the position of its class, `ignoredMark` or `unknownMark`.
  private let table: [UInt8]

  /// What a raw id means.
  public enum Meaning: Equatable, Sendable {
    /// The class at this position of `classes`.
    case index(Int)
    /// Nothing is known of the point.
    case ignored
    /// The id is none of the data set's.
    case unknown
  }

  private static let ignoredMark: UInt8 = 255
  private static let unknownMark: UInt8 = 254

  /// A map of the given classes.
  ///
  /// - Parameters:
  ///   - name: The map's name.
  ///   - classes: 1 to 250 classes; at most one reads the rest.
  ///   - ignored: Raw ids of points whose class is not known.
  ///   - known: All raw ids of the data set; ids outside it are unknown. Without it, and without a
  ///     class that reads the rest, ids named nowhere are unknown.
  /// - Throws: `invalidLabelMap` where an id or a name has two meanings, or where an id that is
  ///   written would not be read as the class it was written for.
  public init(
    name: String, classes: [LabelClass], ignored: [UInt16], known: [UInt16]? = nil
  ) throws(PointCloudsError) {
    self.name = name
    self.classes = classes
    self.ignored = ignored
    self.known = known
    try Self.checkNames(classes)
    table = try Self.makeTable(classes: classes, ignored: ignored, known: known)
    try checkWrittenIDs()
  }

  /// What raw id `id` means.
  public func meaning(of id: UInt16) -> Meaning {
    switch table[Int(id)] {
    case Self.ignoredMark: .ignored
    case Self.unknownMark: .unknown
    case let position: .index(Int(position))
    }
  }

  /// The label that a prediction of the class at `position` is written as.
  ///
  /// - Precondition: `position` is below the number of classes.
  public func label(ofClass position: Int) -> PointLabel {
    PointLabel(semantic: classes[position].write)
  }

  /// The position of the class called `name`, if there is one.
  public func position(ofClass name: String) -> Int? {
    classes.firstIndex { $0.name == name }
  }

  /// The position of the class that reads the rest ("background"), if there is one.
  public var restPosition: Int? { classes.firstIndex { $0.read == .rest } }

  /// The positions of the classes other than the rest: the objects that a mean is taken over.
  public var objectPositions: [Int] { classes.indices.filter { classes[$0].read != .rest } }
}

extension LabelMap {
  /// Words that results use beside the names of classes.
  private static let reservedNames: Set<String> = ["", "mean", "miou", "ignored", "unlabelled"]

  private static func checkNames(_ classes: [LabelClass]) throws(PointCloudsError) {
    guard (1...250).contains(classes.count) else {
      throw invalid("the map has \(classes.count) classes", "Name 1 to 250 classes.")
    }
    var seen: Set<String> = []
    for name in classes.map(\.name) {
      if reservedNames.contains(name) {
        throw invalid("a class is called '\(name)', which is reserved", "Give it another name.")
      }
      if !seen.insert(name).inserted {
        throw invalid("two classes are called '\(name)'", "Give each class its own name.")
      }
    }
    if classes.filter({ $0.read == .rest }).count > 1 {
      throw invalid("two classes read the rest", "Let one class at most read the rest.")
    }
  }

  private static func makeTable(
    classes: [LabelClass], ignored: [UInt16], known: [UInt16]?
  ) throws(PointCloudsError) -> [UInt8] {
    var owners: [UInt16: UInt8] = [:]
    func claim(_ id: UInt16, for mark: UInt8) throws(PointCloudsError) {
      if let other = owners.updateValue(mark, forKey: id) {
        let names = [other, mark].map { $0 == ignoredMark ? "ignore" : classes[Int($0)].name }
        throw invalid(
          "raw id \(id) is in '\(names[0])' and in '\(names[1])'", "Name each id once.")
      }
    }
    for id in ignored { try claim(id, for: ignoredMark) }
    for (position, item) in classes.enumerated() {
      guard case .ids(let ids) = item.read else { continue }
      for id in ids { try claim(id, for: UInt8(position)) }
    }
    let rest = classes.firstIndex { $0.read == .rest }.map { UInt8($0) }
    var table = [UInt8](repeating: known == nil ? rest ?? unknownMark : unknownMark, count: 65_536)
    if let rest, let known {
      for id in known { table[Int(id)] = rest }
    }
    let knownIDs = known.map { Set($0) }
    for (id, mark) in owners.sorted(by: { $0.key < $1.key }) {
      if let knownIDs, !knownIDs.contains(id) {
        throw invalid("raw id \(id) is named but not in 'known'", "Add it to 'known'.")
      }
      table[Int(id)] = mark
    }
    return table
  }

  private func checkWrittenIDs() throws(PointCloudsError) {
    for (position, item) in classes.enumerated()
    where meaning(of: item.write) != .index(position) {
      throw Self.invalid(
        "class '\(item.name)' is written as \(item.write), which is not read as '\(item.name)'",
        "Write each class as one of the ids it is read from.")
    }
  }

  private static func invalid(_ message: String, _ remedy: String) -> PointCloudsError {
    PointCloudsError(.invalidLabelMap, message, remedy: remedy)
  }
}

extension LabelMap: Codable {
  private enum CodingKeys: String, CodingKey {
    case name
    case classes
    case ignored = "ignore"
    case known
  }

  /// A map from JSON with the keys of the YAML form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      name: container.decode(String.self, forKey: .name),
      classes: container.decode([LabelClass].self, forKey: .classes),
      ignored: container.decode([UInt16].self, forKey: .ignored),
      known: container.decodeIfPresent([UInt16].self, forKey: .known))
  }

  /// Writes what `init(from:)` reads.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(classes, forKey: .classes)
    try container.encode(ignored, forKey: .ignored)
    try container.encodeIfPresent(known, forKey: .known)
  }
}
