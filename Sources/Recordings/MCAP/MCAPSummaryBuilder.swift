/// What a file's summary will say: its schemas, channels, statistics and chunks.
struct MCAPSummaryBuilder {
  private var schemaNumbers: [String: UInt16] = [:]
  private var schemas: [[UInt8]] = []
  private var channels: [[UInt8]] = []
  private var chunks: [[UInt8]] = []
  private var counts: [UInt16: UInt64] = [:]
  private var first = UInt64.max
  private var last: UInt64 = 0

  /// The number of a schema, and its record where it is a new one.
  mutating func schemaNumber(
    type: String, definition: String
  ) -> (number: UInt16, newRecord: [UInt8]?) {
    if let number = schemaNumbers[type] { return (number, nil) }
    // 0 stands for "no schema".
    let number = UInt16(schemas.count + 1)
    schemaNumbers[type] = number
    var record = MCAPRecordBuilder(.schema)
    record.write(number)
    record.write(type)
    record.write("ros2msg")
    record.write(definition)
    schemas.append(record.record)
    return (number, record.record)
  }

  /// Numbers a new channel.
  mutating func addChannel(_ topic: String, schema: UInt16) -> (number: UInt16, record: [UInt8]) {
    let number = UInt16(channels.count)
    var record = MCAPRecordBuilder(.channel)
    record.write(number)
    record.write(schema)
    record.write(topic)
    record.write("cdr")
    record.write(UInt32(0))
    channels.append(record.record)
    counts[number] = 0
    return (number, record.record)
  }

  /// Counts a message, and gives its number within its channel.
  mutating func count(_ channel: UInt16, at time: UInt64) -> UInt32 {
    first = min(first, time)
    last = max(last, time)
    let number = counts[channel, default: 0]
    counts[channel] = number + 1
    return UInt32(truncatingIfNeeded: number)
  }

  /// Adds the record that tells where a chunk is.
  mutating func addChunk(index: [UInt8]) {
    chunks.append(index)
  }

  /// The summary, the offsets of its groups, and the footer, to stand at byte `start`.
  func bytes(at start: Int) -> [UInt8] {
    let groups: [(opcode: MCAPOpcode, records: [[UInt8]])] = [
      (.schema, schemas), (.channel, channels), (.statistics, [statistics]), (.chunkIndex, chunks),
    ]
    var bytes: [UInt8] = []
    var offsets: [UInt8] = []
    for group in groups where !group.records.isEmpty {
      let groupStart = bytes.count
      for record in group.records { bytes += record }
      var offset = MCAPRecordBuilder(.summaryOffset)
      offset.write(group.opcode.rawValue)
      offset.write(UInt64(start + groupStart))
      offset.write(UInt64(bytes.count - groupStart))
      offsets += offset.record
    }
    let offsetStart = start + bytes.count
    bytes += offsets
    var places: [UInt8] = []
    places.append(integer: UInt64(start))
    places.append(integer: UInt64(offsetStart))
    // The checksum covers the footer up to itself.
    var head: [UInt8] = [MCAPOpcode.footer.rawValue]
    head.append(integer: UInt64(MCAPOpcode.footerCount))
    bytes += head + places
    bytes.append(integer: Checksum(of: bytes).value)
    return bytes
  }

  private var statistics: [UInt8] {
    let count = counts.values.reduce(0, +)
    var record = MCAPRecordBuilder(.statistics)
    record.write(count)
    record.write(UInt16(schemas.count))
    record.write(UInt32(channels.count))
    // Attachments and metadata.
    record.write(UInt32(0))
    record.write(UInt32(0))
    record.write(UInt32(chunks.count))
    record.write(count == 0 ? 0 : first)
    record.write(last)
    record.write(UInt32(10 * counts.count))
    for (channel, count) in counts.sorted(by: { $0.key < $1.key }) {
      record.write(channel)
      record.write(count)
    }
    return record.record
  }
}
