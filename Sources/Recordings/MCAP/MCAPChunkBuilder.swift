/// Messages on their way into a chunk.
struct MCAPChunkBuilder {
  /// Records of messages, and of the channels and schemas that they need.
  var records: [UInt8] = []
  /// For each channel when its messages were recorded, and where they start in `records`.
  private var places: [UInt16: [(time: UInt64, offset: UInt64)]] = [:]
  private var first = UInt64.max
  private var last: UInt64 = 0

  mutating func add(_ bytes: [UInt8], channel: UInt16, sequence: UInt32, time: UInt64) {
    places[channel, default: []].append((time, UInt64(records.count)))
    first = min(first, time)
    last = max(last, time)
    var message = MCAPRecordBuilder(.message)
    message.write(channel)
    message.write(sequence)
    message.write(time)
    message.write(time)
    message.write(bytes)
    records += message.record
  }

  /// The chunk with the index of its messages, to stand at byte `offset`, and the record of the
  /// summary that tells where it is.
  func written(
    _ packing: Packing, at offset: Int
  ) throws(RecordingsError) -> (bytes: [UInt8], index: [UInt8]) {
    let name = packing == .none ? "" : packing.rawValue
    let packed = packing == .none ? records : Packing.zstdPacked(records)
    guard let packed else {
      throw RecordingsError(
        .exhausted, "no memory to pack \(records.count) bytes", remedy: "Close other programs.")
    }
    let start = places.isEmpty ? 0 : first
    var chunk = MCAPRecordBuilder(.chunk)
    chunk.write(start)
    chunk.write(last)
    chunk.write(UInt64(records.count))
    chunk.write(Checksum(of: records).value)
    chunk.write(name)
    chunk.write(UInt64(packed.count))
    chunk.write(packed)
    var bytes = chunk.record
    let chunkLength = bytes.count
    var offsets: [UInt8] = []
    for (channel, messages) in places.sorted(by: { $0.key < $1.key }) {
      offsets.append(integer: channel)
      offsets.append(integer: UInt64(offset + bytes.count))
      bytes += Self.index(of: messages, channel: channel)
    }
    var index = MCAPRecordBuilder(.chunkIndex)
    for number in [start, last, UInt64(offset), UInt64(chunkLength)] { index.write(number) }
    index.write(UInt32(offsets.count))
    index.write(offsets)
    index.write(UInt64(bytes.count - chunkLength))
    index.write(name)
    index.write(UInt64(packed.count))
    index.write(UInt64(records.count))
    return (bytes, index.record)
  }

  private static func index(
    of messages: [(time: UInt64, offset: UInt64)], channel: UInt16
  ) -> [UInt8] {
    var index = MCAPRecordBuilder(.messageIndex)
    index.write(channel)
    index.write(UInt32(16 * messages.count))
    for message in messages.sorted(by: { $0.time < $1.time }) {
      index.write(message.time)
      index.write(message.offset)
    }
    return index.record
  }
}
