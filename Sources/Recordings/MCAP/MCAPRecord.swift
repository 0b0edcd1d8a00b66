/// The kinds of MCAP's records (https://mcap.dev/spec, version 0).
enum MCAPOpcode: UInt8 {
  case header = 0x01
  case footer = 0x02
  case schema = 0x03
  case channel = 0x04
  case message = 0x05
  case chunk = 0x06
  case messageIndex = 0x07
  case chunkIndex = 0x08
  case attachment = 0x09
  case attachmentIndex = 0x0A
  case statistics = 0x0B
  case metadata = 0x0C
  case metadataIndex = 0x0D
  case summaryOffset = 0x0E
  case dataEnd = 0x0F

  /// What a file starts and ends with.
  static let magic: [UInt8] = [0x89, 0x4D, 0x43, 0x41, 0x50, 0x30, 0x0D, 0x0A]
  /// Bytes of a record before its content: the kind and the content's length.
  static let headCount = 9
  /// Bytes of a footer's content.
  static let footerCount = 20
}

/// The schemas and channels that records of a file have named so far.
struct MCAPChannels {
  private struct Channel {
    var schema: UInt16
    var name: String
    var encoding: String
  }

  private var schemas: [UInt16: String] = [:]
  private var channels: [UInt16: Channel] = [:]
  /// The numbers of the channels in the order in which they were met.
  private(set) var order: [UInt16] = []

  /// Takes a schema's record apart: its number and name, then its text, which is not needed.
  mutating func addSchema(_ record: inout ByteCursor) throws(RecordingsError) {
    let number: UInt16 = try record.integer()
    schemas[number] = try record.text()
    _ = try record.text()
    try record.skip(UInt64(record.integer(as: UInt32.self)), "a schema")
  }

  /// Takes a channel's record apart: its number, its schema's, its topic, and its encoding.
  mutating func addChannel(_ record: inout ByteCursor) throws(RecordingsError) {
    let number: UInt16 = try record.integer()
    let schema: UInt16 = try record.integer()
    let name = try record.text()
    let encoding = try record.text()
    try record.skip(UInt64(record.integer(as: UInt32.self)), "metadata of a channel")
    if channels[number] == nil { order.append(number) }
    channels[number] = Channel(schema: schema, name: name, encoding: encoding)
  }

  /// The topic of a channel; nothing where the channel, or its schema, has not been named.
  ///
  /// Channels of schema 0 have no type.
  func topic(_ number: UInt16) -> RecordedTopic? {
    guard let channel = channels[number],
      let type = channel.schema == 0 ? "" : schemas[channel.schema]
    else { return nil }
    return RecordedTopic(
      name: channel.name, type: type, encoding: MessageEncoding(name: channel.encoding))
  }

  /// All topics, with the counts of messages by channel where they are known.
  func topics(counts: [UInt16: UInt64]?) -> [RecordedTopic] {
    order.compactMap { number in
      guard var topic = topic(number) else { return nil }
      topic.messageCount = counts.map { Int(clamping: $0[number] ?? 0) }
      return topic
    }
  }

  /// Takes a message's record apart.
  ///
  /// - Throws: `.damaged` where it is too short or its channel is unknown.
  func message(_ record: inout ByteCursor) throws(RecordingsError) -> RecordedMessage {
    let start = record
    let channel: UInt16 = try record.integer()
    try record.skip(4, "a sequence number")
    let time: UInt64 = try record.integer()
    try record.skip(8, "a time")
    guard let topic = topic(channel) else {
      throw start.damaged("a message of channel \(channel), which has not been described")
    }
    let bytes = try record.take(UInt64(record.remaining), "a message")
    return try RecordedMessage(time: Int64(clamping: time), topic: topic, bytes: bytes)
      .unpacked(from: start.path, at: start.offset)
  }
}
