/// Reads a ROS 1 bag of format 2.0 from its start, without need of its index: one that is cut off or
/// was never closed gives the messages it has.
///
/// A chunk's messages come in the order of their times, chunks in the order of the file.
package final class Rosbag1File: MessageSource {
  private let source: ByteSource
  private var connections = Rosbag1Connections()
  /// Where the bag's header says its index starts; 0 where it was never closed.
  private let indexStart: UInt64
  /// How many chunks the header claims.
  private let claimedChunks: Int
  private var listedChunks = 0
  /// The topics that the index lists.
  private var indexed: [RecordedTopic]?
  /// Where the next record starts.
  private var position: Int
  private var chunk: Rosbag1Chunk?

  /// The topics that the index lists, or else those that were met so far.
  package var topics: [RecordedTopic] { indexed ?? connections.topics(counts: nil) }

  /// Opens a bag.
  ///
  /// - Throws: `.unsupported` for another version of the format and for encrypted bags;
  ///   `.unrecognised`; `.cut` where its header is not whole; `.damaged`.
  package init(_ source: ByteSource) throws(RecordingsError) {
    self.source = source
    let magic = Rosbag1Record.magic
    let start = try source.read(at: 0, count: min(magic.count, source.count))
    guard start == magic else {
      guard start.starts(with: magic.prefix(9)) else {
        throw RecordingsError(
          .unrecognised, "this is no ROS 1 bag", remedy: "Name a bag.", path: source.path,
          offset: 0)
      }
      throw RecordingsError(
        .unsupported, "this bag is not of version 2.0", remedy: "Convert it: rosbag migrate.",
        path: source.path, offset: 0)
    }
    let header = try Self.head(of: source, at: magic.count)
    guard header.record.kind == .bag else {
      throw .damaged("the first record is not the bag's", path: source.path, at: magic.count)
    }
    guard header.record.text("encryptor").isEmpty else {
      throw RecordingsError(
        .unsupported, "this bag is encrypted", remedy: "Decrypt it: rosbag decrypt.",
        path: source.path, offset: magic.count)
    }
    indexStart = try header.record.integer("index_pos")
    claimedChunks = Int(try header.record.integer("chunk_count", as: UInt32.self))
    position = header.data.upperBound
    indexed = try? readIndex()
  }

  /// The record that starts at `offset`, and where its data lie.
  private static func head(
    of source: ByteSource, at offset: Int
  ) throws(RecordingsError) -> (record: Rosbag1Record, data: Range<Int>) {
    let length = Int(try source.read(at: offset, count: 4).integer(at: 0, as: UInt32.self))
    let bytes = try source.read(at: offset + 4, count: length)
    var cursor = ByteCursor(bytes, path: source.path, base: offset + 4)
    let record = try Rosbag1Record(&cursor)
    let end = offset + 4 + length
    let dataLength = Int(try source.read(at: end, count: 4).integer(at: 0, as: UInt32.self))
    guard dataLength <= source.count - end - 4 else {
      throw .cut(
        "a record of \(dataLength) bytes is claimed where \(source.count - end - 4) are left",
        path: source.path, at: offset)
    }
    return (record, end + 4..<end + 4 + dataLength)
  }

  /// The topics, with their counts, from the end of the bag; nothing where there is no index.
  private func readIndex() throws(RecordingsError) -> [RecordedTopic]? {
    guard indexStart >= UInt64(position), indexStart < UInt64(source.count) else { return nil }
    var place = Int(indexStart)
    var all = Rosbag1Connections()
    var counts: [UInt32: Int] = [:]
    while place < source.count {
      let (record, data) = try Self.head(of: source, at: place)
      place = data.upperBound
      guard record.kind == .connection || record.kind == .chunkInfo else { continue }
      let bytes = try source.read(at: data.lowerBound, count: data.count)
      var cursor = ByteCursor(bytes, path: source.path, base: data.lowerBound)
      if record.kind == .connection {
        try all.add(record, data: &cursor)
      } else {
        while cursor.remaining > 0 {
          let number: UInt32 = try cursor.integer()
          counts[number, default: 0] += Int(try cursor.integer(as: UInt32.self))
        }
      }
    }
    return all.topics(counts: counts)
  }

  /// The next message; nothing behind the last.
  ///
  /// - Throws: `.cut` where the bag ends too early; `.damaged` and `.unsupported`; each behind all
  ///   messages before the place.
  package func next() throws(RecordingsError) -> RecordedMessage? {
    while true {
      if let message = chunk?.message() { return message }
      if let damage = chunk?.damage { throw damage }
      chunk = nil
      if position == source.count {
        try checkEnd()
        return nil
      }
      if let message = try readRecord() { return message }
    }
  }

  /// Reads the record at `position`; gives a message where it is one.
  private func readRecord() throws(RecordingsError) -> RecordedMessage? {
    let start = position
    let (record, range) = try Self.head(of: source, at: start)
    var message: RecordedMessage?
    switch record.kind {
    case .chunk:
      let data = try source.read(at: range.lowerBound, count: range.count)
      chunk = try Rosbag1Chunk(
        record, data: data, at: start, of: source.path, connections: &connections)
    case .connection:
      let data = try source.read(at: range.lowerBound, count: range.count)
      var cursor = ByteCursor(data, path: source.path, base: range.lowerBound)
      try connections.add(record, data: &cursor)
    case .message:
      do {
        let topic = try connections.topic(of: record)
        let data = try source.read(at: range.lowerBound, count: range.count)
        message = RecordedMessage(time: try record.time(), topic: topic, bytes: data)
      } catch {
        throw error.located(in: source.path, at: start)
      }
    case .chunkInfo: listedChunks += 1
    case .bag, .index, nil: break
    }
    position = range.upperBound
    return message
  }

  /// A bag that was closed lists all its chunks at its end.
  private func checkEnd() throws(RecordingsError) {
    guard indexStart != 0, listedChunks < claimedChunks else { return }
    throw .cut(
      "the bag ends after \(listedChunks) of the \(claimedChunks) chunks that it lists",
      path: source.path, at: position)
  }
}
