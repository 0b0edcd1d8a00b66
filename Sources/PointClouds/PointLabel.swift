/// What a point belongs to: a class in the low 16 bits and an instance in the high 16 bits, as
/// SemanticKITTI's `.label` files store it.
public struct PointLabel: Hashable, Sendable, RawRepresentable {
  /// The 32 bits of a `.label` file.
  public var rawValue: UInt32

  /// A label from its 32 bits; every value is valid.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// A label from its two halves.
  public init(semantic: UInt16, instance: UInt16 = 0) {
    rawValue = UInt32(instance) << 16 | UInt32(semantic)
  }

  /// The raw class id; 0 is "unlabelled".
  public var semantic: UInt16 { UInt16(truncatingIfNeeded: rawValue) }

  /// The object's number within its class and scan; 0 is "no instance".
  public var instance: UInt16 { UInt16(truncatingIfNeeded: rawValue >> 16) }

  /// The label of a point of which nothing is known.
  public static let unlabelled = PointLabel(rawValue: 0)
}
