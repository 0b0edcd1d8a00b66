/// One of the classes that a network tells apart.
public struct LabelClass: Equatable, Sendable {
  /// Its name, for example `car`.
  public var name: String
  /// The raw ids that mean it.
  public var read: ReadIDs
  /// The raw id that a prediction of it is written as.
  public var write: UInt16
  /// The colour it is drawn in.
  public var color: LabelColor

  /// Which raw ids mean a class.
  public enum ReadIDs: Equatable, Sendable {
    /// These and no others.
    case ids([UInt16])
    /// Every id that the map names nowhere else.
    case rest
  }

  /// A class; see the properties.
  public init(name: String, read: ReadIDs, write: UInt16, color: LabelColor) {
    self.name = name
    self.read = read
    self.write = write
    self.color = color
  }
}

/// A colour by its three components, each 0...255.
public struct LabelColor: Equatable, Sendable {
  /// The red component.
  public var red: UInt8
  /// The green component.
  public var green: UInt8
  /// The blue component.
  public var blue: UInt8

  /// A colour by its components.
  public init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }
}

extension LabelClass: Codable {
  private enum CodingKeys: String, CodingKey {
    case name
    case read
    case write
    case color
  }

  /// A class from `{"name", "read": [ids] or "rest", "write", "color": [r, g, b]}`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    write = try container.decode(UInt16.self, forKey: .write)
    if let word = try? container.decode(String.self, forKey: .read) {
      guard word == "rest" else {
        throw DecodingError.dataCorruptedError(
          forKey: .read, in: container,
          debugDescription: "read is '\(word)', neither a list of ids nor 'rest'")
      }
      read = .rest
    } else {
      read = .ids(try container.decode([UInt16].self, forKey: .read))
    }
    let components = try container.decode([UInt8].self, forKey: .color)
    guard components.count == 3 else {
      throw DecodingError.dataCorruptedError(
        forKey: .color, in: container,
        debugDescription: "a colour has 3 components, not \(components.count)")
    }
    color = LabelColor(red: components[0], green: components[1], blue: components[2])
  }

  /// Writes what `init(from:)` reads.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    switch read {
    case .rest: try container.encode("rest", forKey: .read)
    case .ids(let ids): try container.encode(ids, forKey: .read)
    }
    try container.encode(write, forKey: .write)
    try container.encode([color.red, color.green, color.blue], forKey: .color)
  }
}
