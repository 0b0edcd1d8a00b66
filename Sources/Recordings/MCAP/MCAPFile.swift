/// Reads an MCAP file from its start, without need of its summary: one that is cut off or still
/// being written gives the messages it has.
///
/// A chunk's messages come in the order of their times, chunks in the order of the file.
package final class MCAPFile: MessageSource {
  private let source: ByteSource
  private var channels = MCAPChannels()
  private var summary: MCAPSummary?
  /// What is wrong with the summary, which is said when all messages are read.
  private var summaryDamage: RecordingsError?
  /// Where the next record starts.
  private var position = MCAPOpcode.magic.count
  /// The checksum of all bytes before `position`.
  private var checksum: Checksum
  private var chunk: MCAPChunk?
  /// Nobody would wait for more.
  private static let largestStreamedRecord: UInt64 = 1 << 30
  private var isAtEnd = false

  /// The topics that the summary names, or else those that were met so far.
  package var topics: [RecordedTopic] {
    guard let named = summary?.topics, !named.isEmpty else { return channels.topics(counts: nil) }
    return named
  }

  /// Opens a file.
  ///
  /// - Throws: `.unrecognised` where it does not start as an MCAP file; `.unreadable`.
  package init(_ source: ByteSource) throws(RecordingsError) {
    self.source = source
    let magic = MCAPOpcode.magic
    try source.wait(for: magic.count)
    let start = try source.read(at: 0, count: min(magic.count, source.count))
    guard start == magic else {
      throw RecordingsError(
        .unrecognised, "this is no MCAP file of version 0", remedy: "Name an MCAP file.",
        path: source.path, offset: 0)
    }
    checksum = Checksum(of: magic)
    if !source.isStream { readSummary() }
  }

  private func readSummary() {
    do {
      summary = try MCAPSummary(of: source)
    } catch {
      summaryDamage = error
    }
  }

  /// The next message; nothing behind the last of a whole file.
  ///
  /// - Throws: `.cut` where the file ends too early: asked again, it goes on once the file has grown.
  ///   `.damaged` and `.unsupported`, behind all messages before the place.
  package func next() throws(RecordingsError) -> RecordedMessage? {
    while true {
      if let message = try chunk?.message(of: channels) { return message }
      if let damage = chunk?.damage { throw damage }
      chunk = nil
      if isAtEnd { return nil }
      if let message = try readRecord() { return message }
    }
  }

  /// Reads the record at `position`; gives a message where it is one.
  private func readRecord() throws(RecordingsError) -> RecordedMessage? {
    let start = position
    try source.wait(for: start + MCAPOpcode.headCount)
    guard source.count - start >= MCAPOpcode.headCount else {
      throw .cut("the file ends before its end of data", path: source.path, at: start)
    }
    let head = try source.read(at: start, count: MCAPOpcode.headCount)
    let length = head.integer(at: 1, as: UInt64.self)
    let body = start + MCAPOpcode.headCount
    guard !source.isStream || length <= Self.largestStreamedRecord else {
      throw .damaged("a record of \(length) bytes is claimed", path: source.path, at: start)
    }
    if source.isStream { try source.wait(for: body + Int(length)) }
    let size = source.count
    guard length <= UInt64(size - body) else {
      throw .cut(
        "a record of \(length) bytes is claimed where \(size - body) are left", path: source.path,
        at: start)
    }
    let range = body..<body + Int(length)
    switch MCAPOpcode(rawValue: head[0]) {
    case .schema, .channel, .message, .chunk, .dataEnd:
      let content = try source.read(at: body, count: range.count)
      if head[0] == MCAPOpcode.dataEnd.rawValue {
        try finish(content, at: start)
        return nil
      }
      defer {
        position = range.upperBound
        checksum.update(with: head)
        checksum.update(with: content)
      }
      return try take(MCAPOpcode(rawValue: head[0]), content, at: start)
    case .footer:
      throw .damaged("the footer comes before the end of data", path: source.path, at: start)
    default:
      try skip(head, range)
      return nil
    }
  }

  private func take(
    _ opcode: MCAPOpcode?, _ content: [UInt8], at start: Int
  ) throws(RecordingsError) -> RecordedMessage? {
    var record = ByteCursor(content, path: source.path, base: start + MCAPOpcode.headCount)
    switch opcode {
    case .schema: try channels.addSchema(&record)
    case .channel: try channels.addChannel(&record)
    case .message: return try channels.message(&record)
    default:
      chunk = try MCAPChunk(&record, at: start, of: source.path, channels: &channels)
    }
    return nil
  }

  /// Passes over a record of any length in pieces.
  private func skip(_ head: [UInt8], _ range: Range<Int>) throws(RecordingsError) {
    var sum = checksum
    sum.update(with: head)
    var place = range.lowerBound
    while place < range.upperBound {
      let piece = try source.read(at: place, count: min(1 << 16, range.upperBound - place))
      sum.update(with: piece)
      place += piece.count
    }
    checksum = sum
    position = range.upperBound
  }

  /// Holds the data to their checksum, and the file to having its end.
  private func finish(_ content: [UInt8], at start: Int) throws(RecordingsError) {
    var record = ByteCursor(content, path: source.path, base: start + MCAPOpcode.headCount)
    let expected: UInt32 = try record.integer()
    if summary == nil, summaryDamage == nil, !source.isStream { readSummary() }
    guard source.isStream || summary != nil || summaryDamage != nil else {
      throw .cut("the file ends without its footer", path: source.path, at: source.count)
    }
    isAtEnd = true
    position = start
    guard expected == 0 || expected == checksum.value else {
      throw .damaged("the data do not match their checksum", path: source.path, at: start)
    }
    if let summaryDamage { throw summaryDamage }
  }
}
