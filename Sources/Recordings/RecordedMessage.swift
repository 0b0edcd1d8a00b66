/// How the numbers and texts of a message lie in its bytes.
public enum MessageEncoding: Hashable, Sendable {
  /// Common Data Representation, as ROS 2 and DDS have it.
  case cdr
  /// ROS 1's serialisation.
  case ros1
  /// Another one, by its name.
  case other(String)

  /// An encoding from the name that MCAP and rosbag2 have for it.
  package init(name: String) {
    switch name {
    case "cdr": self = .cdr
    case "ros1": self = .ros1
    default: self = .other(name)
    }
  }

  /// Its name in MCAP and rosbag2.
  package var name: String {
    switch self {
    case .cdr: "cdr"
    case .ros1: "ros1"
    case .other(let name): name
    }
  }
}

/// A topic of a recording: messages of one type under one name.
public struct RecordedTopic: Equatable, Sendable {
  /// Its name, `/velodyne_points` for example.
  public var name: String
  /// The type of its messages as ROS 2 writes it, `sensor_msgs/msg/PointCloud2` for example.
  public var type: String
  /// How its messages are encoded.
  public var encoding: MessageEncoding
  /// How many messages it has, where the recording says so without being read through.
  public var messageCount: Int?

  /// A topic; see the properties.
  public init(name: String, type: String, encoding: MessageEncoding, messageCount: Int? = nil) {
    self.name = name
    self.type = Self.normalized(type)
    self.encoding = encoding
    self.messageCount = messageCount
  }

  /// A type's name with the `msg` in the middle that ROS 1 leaves out.
  private static func normalized(_ type: String) -> String {
    let parts = type.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2 ? "\(parts[0])/msg/\(parts[1])" : type
  }
}

/// A message as a recording holds it.
public struct RecordedMessage: Equatable, Sendable {
  /// When it was recorded, in nanoseconds since 1970.
  public var time: Int64
  /// The name of its topic.
  public var topic: String
  /// Its type as ROS 2 writes it, `sensor_msgs/msg/PointCloud2` for example.
  public var type: String
  /// How it is encoded.
  public var encoding: MessageEncoding
  /// Its bytes, uncompressed.
  public var bytes: [UInt8]

  /// A message of a topic.
  public init(time: Int64, topic: RecordedTopic, bytes: [UInt8]) {
    self.time = time
    self.topic = topic.name
    type = topic.type
    encoding = topic.encoding
    self.bytes = bytes
  }
}

extension RecordedMessage {
  /// The message itself, where rosbag2 compressed it alone (its compression mode `message`).
  ///
  /// - Throws: `.damaged` where it does not unpack.
  func unpacked(from path: String, at offset: Int? = nil) throws(RecordingsError) -> Self {
    // No message in CDR starts with a frame's mark.
    guard encoding == .cdr, bytes.starts(with: Packing.zstdMark) else { return self }
    var message = self
    do {
      message.bytes = try Packing.zstd.unpack(bytes)
    } catch {
      throw error.located(in: path, at: offset)
    }
    return message
  }
}
