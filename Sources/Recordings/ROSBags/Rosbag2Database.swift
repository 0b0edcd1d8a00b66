/// Reads a database of rosbag2 (`.db3`): the tables `topics` and `messages`.
///
/// Messages come in the order of their times by the database's index; where it has none, or the index
/// is damaged at its start, in the order in which they were recorded.
package final class Rosbag2Database: MessageSource {
  private let source: ByteSource
  private let database: SQLiteDatabase
  /// What pages are missing, where the file was cut off.
  private let cut: RecordingsError?
  private var topicsByID: [Int64: RecordedTopic] = [:]
  private var order: [Int64] = []
  /// The numbers of the messages, in the order in which they are given.
  private var numbers: SQLiteQuery
  private let message: SQLiteQuery
  private var count = 0

  /// More rows than bytes are the work of pages that point to each other.
  private let largestCount: Int

  private static let byTime =
    "SELECT id FROM messages INDEXED BY timestamp_idx ORDER BY timestamp, id"
  private static let byNumber = "SELECT id FROM messages NOT INDEXED ORDER BY id"

  /// The topics in the order of the database, with their counts where all messages could be counted.
  package private(set) var topics: [RecordedTopic] = []

  /// Opens a database.
  ///
  /// - Throws: `.damaged` where it is none, or has not rosbag2's tables.
  package init(_ source: ByteSource) throws(RecordingsError) {
    let extent = try SQLiteExtent(source)
    self.source = try extent.wholePages(of: source)
    largestCount = source.count
    cut = extent.cut
    let database = try SQLiteDatabase(self.source, isCut: cut != nil)
    self.database = database
    try Self.checkTables(of: database, source.path)
    message = try SQLiteQuery(
      "SELECT topic_id, timestamp, data FROM messages WHERE id = ?", of: database)
    do {
      numbers = try SQLiteQuery(Self.byTime, of: database)
    } catch {
      numbers = try SQLiteQuery(Self.byNumber, of: database)
    }
    try readTopics()
    let counts = countMessages()
    topics = order.compactMap { number in
      guard var topic = topicsByID[number] else { return nil }
      topic.messageCount = counts.map { $0[number] ?? 0 }
      return topic
    }
  }

  /// Views and virtual tables run what a stranger wrote: only plain tables are asked.
  private static func checkTables(
    of database: SQLiteDatabase, _ path: String
  ) throws(RecordingsError) {
    let names = try SQLiteQuery(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'",
      of: database)
    var found: Set<String> = []
    while try names.step() { found.insert(names.text(0) ?? "") }
    guard found.isSuperset(of: ["topics", "messages"]) else {
      throw RecordingsError(
        .unrecognised, "this database has no tables 'topics' and 'messages'",
        remedy: "Name a database that rosbag2 recorded.", path: path)
    }
  }

  private func readTopics() throws(RecordingsError) {
    let rows = try SQLiteQuery(
      "SELECT id, name, type, serialization_format FROM topics ORDER BY id", of: database)
    while try rows.step() {
      guard order.count < largestCount else { throw endless() }
      order.append(rows.integer(0))
      topicsByID[rows.integer(0)] = RecordedTopic(
        name: rows.text(1) ?? "", type: rows.text(2) ?? "",
        encoding: MessageEncoding(name: rows.text(3) ?? "cdr"))
    }
  }

  private func countMessages() -> [Int64: Int]? {
    do {
      let rows = try SQLiteQuery("SELECT topic_id FROM messages NOT INDEXED", of: database)
      var counts: [Int64: Int] = [:]
      var count = 0
      while try rows.step() {
        count += 1
        guard count <= largestCount else { return nil }
        counts[rows.integer(0), default: 0] += 1
      }
      return counts
    } catch {
      // Whoever reads the messages meets the damage where it is.
      return nil
    }
  }

  /// The next message.
  ///
  /// - Throws: `.damaged`; `.cut` behind the last message where newer ones lie beside the database.
  package func next() throws(RecordingsError) -> RecordedMessage? {
    guard try goToNext() else {
      if let cut { throw cut }
      try checkLog()
      return nil
    }
    count += 1
    guard count <= largestCount else { throw endless() }
    let number = numbers.integer(0)
    message.restart(with: number)
    guard try message.step() else {
      throw .damaged(
        "message \(number) is in the index and not in the table", path: source.path)
    }
    guard let topic = topicsByID[message.integer(0)] else {
      throw .damaged(
        "message \(number) is of topic \(message.integer(0)), which is not there",
        path: source.path)
    }
    let stored = RecordedMessage(time: message.integer(1), topic: topic, bytes: message.bytes(2))
    return try stored.unpacked(from: source.path)
  }

  private func goToNext() throws(RecordingsError) -> Bool {
    do {
      return try numbers.step()
    } catch {
      guard count == 0 else { throw error }
      numbers = try SQLiteQuery(Self.byNumber, of: database)
      return try numbers.step()
    }
  }

  /// Says so where the recorder left messages in its log beside the database.
  private func checkLog() throws(RecordingsError) {
    guard let path = source.filePath, let size = ByteSource.size(of: "\(path)-wal"), size > 0 else {
      return
    }
    throw RecordingsError(
      .cut, "\(size) bytes of newer messages are in the log beside the database, and are not read",
      remedy: "Put them into it: sqlite3 FILE 'PRAGMA wal_checkpoint(TRUNCATE)'.",
      path: source.path)
  }

  private func endless() -> RecordingsError {
    .damaged("the database has more rows than bytes", path: source.path)
  }
}
