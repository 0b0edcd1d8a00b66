/// A record of a ROS 1 bag (https://wiki.ros.org/Bags/Format/2.0): fields by name, then data.
struct Rosbag1Record {
  /// The kinds of records.
  enum Kind: UInt8 {
    case message = 0x02
    case bag = 0x03
    case index = 0x04
    case chunk = 0x05
    case chunkInfo = 0x06
    case connection = 0x07
  }

  /// What a bag starts with.
  static let magic = Array("#ROSBAG V2.0\n".utf8)

  private let fields: [String: [UInt8]]
  private let path: String
  private let offset: Int?

  /// What kind it is; nothing for one that is not known.
  var kind: Kind? { fields["op"]?.first.flatMap { Kind(rawValue: $0) } }

  /// Takes the fields apart, which are all bytes of `header`.
  ///
  /// - Throws: `.damaged` where they contradict the format.
  init(_ header: inout ByteCursor) throws(RecordingsError) {
    path = header.path
    offset = header.offset
    fields = try Self.fields(of: &header)
    guard fields["op"]?.count == 1 else {
      throw .damaged("a record does not say what it is", path: path, at: offset)
    }
  }

  /// Fields as they are in records, and in the data of connections: a length, then `name=value`.
  static func fields(of header: inout ByteCursor) throws(RecordingsError) -> [String: [UInt8]] {
    var fields: [String: [UInt8]] = [:]
    while header.remaining > 0 {
      let length: UInt32 = try header.integer()
      let field = try header.take(UInt64(length), "a field")
      guard let sign = field.firstIndex(of: UInt8(ascii: "=")) else {
        throw header.damaged("a field has no value")
      }
      fields[String(decoding: field[..<sign], as: UTF8.self)] = Array(field[(sign + 1)...])
    }
    return fields
  }

  /// A field's whole number.
  ///
  /// - Throws: `.damaged` where there is none of this width.
  func integer<Whole: FixedWidthInteger>(
    _ name: String, as type: Whole.Type = Whole.self
  ) throws(RecordingsError) -> Whole {
    guard let value = fields[name], value.count == Whole.bitWidth / 8 else {
      throw .damaged("a record has no field '\(name)'", path: path, at: offset)
    }
    return value.integer(at: 0)
  }

  /// A field's text; empty where there is none.
  func text(_ name: String) -> String {
    String(decoding: fields[name] ?? [], as: UTF8.self)
  }

  /// When a message was recorded, in nanoseconds since 1970: seconds in the low 32 bits of the field,
  /// nanoseconds in the high ones.
  func time() throws(RecordingsError) -> Int64 {
    let time = try integer("time", as: UInt64.self)
    return MessageHeader.nanoseconds(
      seconds: Int64(time & 0xFFFF_FFFF), UInt32(truncatingIfNeeded: time >> 32))
  }
}

/// The connections that records of a bag have described so far.
struct Rosbag1Connections {
  private var topicsByNumber: [UInt32: RecordedTopic] = [:]
  private var order: [UInt32] = []

  /// Takes a connection's record and its data apart: the topic is in the record, the type in the data.
  mutating func add(
    _ record: Rosbag1Record, data: inout ByteCursor
  ) throws(RecordingsError) {
    let number = try record.integer("conn", as: UInt32.self)
    let type = String(decoding: try Rosbag1Record.fields(of: &data)["type"] ?? [], as: UTF8.self)
    if topicsByNumber[number] == nil { order.append(number) }
    topicsByNumber[number] = RecordedTopic(
      name: record.text("topic"), type: type, encoding: .ros1)
  }

  /// The topic of a connection.
  ///
  /// - Throws: `.damaged` where it has not been described.
  func topic(of record: Rosbag1Record) throws(RecordingsError) -> RecordedTopic {
    let number = try record.integer("conn", as: UInt32.self)
    guard let topic = topicsByNumber[number] else {
      throw .damaged("a message of connection \(number), which has not been described")
    }
    return topic
  }

  /// All topics, each once: several publishers of one are as many connections.
  func topics(counts: [UInt32: Int]?) -> [RecordedTopic] {
    var topics: [RecordedTopic] = []
    for number in order {
      guard var topic = topicsByNumber[number] else { continue }
      let count = counts.map { $0[number] ?? 0 }
      if let index = topics.firstIndex(where: { $0.name == topic.name && $0.type == topic.type }) {
        topics[index].messageCount = topics[index].messageCount.flatMap { sum in
          count.map { sum &+ $0 }
        }
        continue
      }
      topic.messageCount = count
      topics.append(topic)
    }
    return topics
  }
}
