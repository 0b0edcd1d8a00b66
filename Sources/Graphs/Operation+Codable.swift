/// An operation as `{"kind": ..., "attributes": {...}}`.
extension Operation: Codable {
  private enum Key: String, CodingKey {
    case kind
    case attributes
  }

  /// Reads the kind, then that kind's attributes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let attributes = try container.decode(Kind.self, forKey: .kind).attributes
    self = try container.decode(attributes, forKey: .attributes).operation
  }

  /// Writes the kind and its attributes.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(kind, forKey: .kind)
    try container.encode(attributes, forKey: .attributes)
  }
}
