public import PointClouds

/// A field of the points of a `PointCloud2Message`: `sensor_msgs/PointField`.
public struct PointField: Equatable, Sendable {
  /// Its name, `intensity` for example.
  public var name: String
  /// Where its first value starts within a point; any byte, aligned or not.
  public var offset: Int
  /// The type of its values.
  public var storage: ExtraField.Storage
  /// How many values it has; 0, as some publishers write it, means one.
  public var count: Int

  /// A field; see the properties.
  public init(name: String, offset: Int, storage: ExtraField.Storage, count: Int = 1) {
    self.name = name
    self.offset = offset
    self.storage = storage
    self.count = count
  }

  /// Bytes of all its values.
  var size: Int { storage.size * max(1, count) }
}

extension ExtraField.Storage {
  /// The types in the order of their numbers in a message, which start at 1.
  private static let numbered: [Self] = [
    .int8, .uint8, .int16, .uint16, .int32, .uint32, .float32, .float64,
  ]

  /// The type of a `PointField`'s number; nothing for a number that has none.
  init?(datatype: UInt8) {
    guard datatype >= 1, datatype <= Self.numbered.count else { return nil }
    self = Self.numbered[Int(datatype) - 1]
  }

  /// Its number in a message.
  var datatype: UInt8 {
    switch self {
    case .int8: 1
    case .uint8: 2
    case .int16: 3
    case .uint16: 4
    case .int32: 5
    case .uint32: 6
    case .float32: 7
    case .float64: 8
    }
  }

  /// Bytes of a value.
  var size: Int {
    switch self {
    case .int8, .uint8: 1
    case .int16, .uint16: 2
    case .int32, .uint32, .float32: 4
    case .float64: 8
    }
  }
}
