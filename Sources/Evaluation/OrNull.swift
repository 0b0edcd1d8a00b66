/// A number whose JSON is `null` where it is not defined, so that its name is always there.
@propertyWrapper
public struct OrNull: Equatable, Sendable, Codable {
  /// The number, or nothing where it is not defined.
  public var wrappedValue: Double?

  /// A number, or nothing.
  public init(wrappedValue: Double?) {
    self.wrappedValue = wrappedValue
  }

  /// A number from a number or `null`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    wrappedValue = container.decodeNil() ? nil : try container.decode(Double.self)
  }

  /// Writes the number or `null`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue {
      try container.encode(wrappedValue)
    } else {
      try container.encodeNil()
    }
  }
}
