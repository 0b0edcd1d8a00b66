import PointClouds

/// A cloud of points as ROS sends it: `sensor_msgs/PointCloud2`.
///
/// Points are records of bytes, whose fields the message names.
public struct PointCloud2Message: Equatable, Sendable {
  /// The type's name.
  public static let type = "sensor_msgs/msg/PointCloud2"

  /// When and in which frame the points were measured.
  public var header: MessageHeader
  /// Rows of points; 1 where they have no order.
  public var height: Int
  /// Points of a row.
  public var width: Int
  /// What is where in a point.
  public var fields: [PointField]
  /// Whether numbers in `data` are big-endian.
  public var isBigEndian: Bool
  /// Bytes from a point to the next of its row.
  public var pointStep: Int
  /// Bytes from a row to the next.
  public var rowStep: Int
  /// The points.
  public var data: [UInt8]
  /// Whether all coordinates are said to be finite, which is not relied on.
  public var isDense: Bool

  /// A message; see the properties.
  public init(
    header: MessageHeader, height: Int, width: Int, fields: [PointField], isBigEndian: Bool = false,
    pointStep: Int, rowStep: Int, data: [UInt8], isDense: Bool
  ) {
    self.header = header
    self.height = height
    self.width = width
    self.fields = fields
    self.isBigEndian = isBigEndian
    self.pointStep = pointStep
    self.rowStep = rowStep
    self.data = data
    self.isDense = isDense
  }

  /// Takes a message's bytes apart.
  ///
  /// - Throws: `.damaged` where they contradict the definition; `.unsupported` for another encoding
  ///   than ROS's. The offset is that in the message.
  public init(
    decoding bytes: [UInt8], as encoding: MessageEncoding
  ) throws(RecordingsError) {
    switch encoding {
    case .cdr:
      var reader = try CDRReader(bytes)
      try self.init(from: &reader)
    case .ros1:
      var reader = ROS1Reader(bytes)
      try self.init(from: &reader)
    case .other(let name):
      throw RecordingsError(
        .unsupported, "a point cloud is encoded as '\(name)'", remedy: "Record it as ros1 or cdr.")
    }
  }

  private init(from reader: inout some MessageReader) throws(RecordingsError) {
    header = try reader.header()
    height = Int(try reader.integer(as: UInt32.self))
    width = Int(try reader.integer(as: UInt32.self))
    fields = []
    // A field takes the length of its name, an offset, a type and a count at the least.
    for _ in 0..<(try reader.count(ofElementsOf: 13, "fields")) {
      let name = try reader.text()
      let offset = Int(try reader.integer(as: UInt32.self))
      let datatype = try reader.integer(as: UInt8.self)
      let count = Int(try reader.integer(as: UInt32.self))
      guard let storage = ExtraField.Storage(datatype: datatype) else {
        throw .damaged("the field '\(name)' has datatype \(datatype), which is none of 1 to 8")
      }
      fields.append(PointField(name: name, offset: offset, storage: storage, count: count))
    }
    isBigEndian = try reader.integer(as: UInt8.self) != 0
    pointStep = Int(try reader.integer(as: UInt32.self))
    rowStep = Int(try reader.integer(as: UInt32.self))
    data = Array(try reader.bytes(reader.count(ofElementsOf: 1, "bytes of points")))
    isDense = try reader.integer(as: UInt8.self) != 0
  }

  /// The message in little-endian CDR, as ROS 2 sends it.
  ///
  /// - Precondition: sizes and counts are those of a message: not negative, and below 2^32.
  public func encoded() -> [UInt8] {
    var writer = CDRWriter()
    writer.write(header)
    writer.write(UInt32(height))
    writer.write(UInt32(width))
    writer.write(UInt32(fields.count))
    for field in fields {
      writer.write(field.name)
      writer.write(UInt32(field.offset))
      writer.write(field.storage.datatype)
      writer.write(UInt32(field.count))
    }
    writer.write(UInt8(isBigEndian ? 1 : 0))
    writer.write(UInt32(pointStep))
    writer.write(UInt32(rowStep))
    writer.write(UInt32(data.count))
    writer.write(data)
    writer.write(UInt8(isDense ? 1 : 0))
    return writer.bytes
  }
}
