/// What the end of an MCAP file says about all of it.
struct MCAPSummary {
  /// All channels and their schemas, where the summary repeats them.
  private(set) var channels = MCAPChannels()
  /// How many messages each channel has, where there are statistics.
  private(set) var counts: [UInt16: UInt64]?

  var topics: [RecordedTopic] { channels.topics(counts: counts) }

  /// Reads the summary by the footer; nothing where the file does not end in one.
  ///
  /// - Throws: `.damaged` where there is a footer and it, or what it points to, is wrong.
  init?(of source: ByteSource) throws(RecordingsError) {
    let magicCount = MCAPOpcode.magic.count
    let footerCount = MCAPOpcode.headCount + MCAPOpcode.footerCount
    let place = source.count - magicCount - footerCount
    guard place >= magicCount else { return nil }
    let tail = try source.read(at: place, count: footerCount + magicCount)
    var head = ByteCursor(tail, path: source.path, base: place)
    guard Array(tail.suffix(magicCount)) == MCAPOpcode.magic,
      try head.integer() == MCAPOpcode.footer.rawValue,
      try head.integer() == UInt64(MCAPOpcode.footerCount)
    else { return nil }
    let start: UInt64 = try head.integer()
    try head.skip(8, "the place of the summary's offsets")
    let checksum: UInt32 = try head.integer()
    guard start != 0 else { return }
    guard start >= UInt64(magicCount), start <= UInt64(place) else {
      throw .damaged(
        "the footer claims a summary at byte \(start)", path: source.path, at: place)
    }
    let bytes = try source.read(at: Int(start), count: place - Int(start))
    // The checksum covers the footer up to itself.
    let covered = bytes + tail[..<(footerCount - 4)]
    if checksum != 0, Checksum(of: covered).value != checksum {
      throw .damaged(
        "the summary does not match its checksum", path: source.path, at: Int(start))
    }
    try read(bytes, base: Int(start), of: source.path)
  }

  private mutating func read(
    _ bytes: [UInt8], base: Int, of path: String
  ) throws(RecordingsError) {
    var cursor = ByteCursor(bytes, path: path, base: base)
    while cursor.remaining > 0 {
      let opcode: UInt8 = try cursor.integer()
      var record = try cursor.part(cursor.integer(), "a record of the summary")
      switch MCAPOpcode(rawValue: opcode) {
      case .schema: try channels.addSchema(&record)
      case .channel: try channels.addChannel(&record)
      case .statistics: counts = try Self.counts(&record)
      default: break
      }
    }
  }

  /// The counts at the end of a record of statistics.
  private static func counts(
    _ record: inout ByteCursor
  ) throws(RecordingsError) -> [UInt16: UInt64] {
    // Messages, schemas, channels, attachments, metadata, chunks, first and last time.
    try record.skip(8 + 2 + 4 + 4 + 4 + 4 + 8 + 8, "statistics")
    var pairs = try record.part(UInt64(record.integer(as: UInt32.self)), "counts of messages")
    var counts: [UInt16: UInt64] = [:]
    while pairs.remaining > 0 {
      let channel: UInt16 = try pairs.integer()
      counts[channel] = try pairs.integer()
    }
    return counts
  }
}
