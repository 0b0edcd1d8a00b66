import CSQLite

/// An SQLite database that is only read; nothing beside it is looked at or made.
final class SQLiteDatabase {
  fileprivate let handle: OpaquePointer
  fileprivate let path: String

  /// Opens a database, of which `isCut` says whether pages are missing at its end.
  ///
  /// - Throws: `.damaged` where it is none; `.exhausted`.
  init(_ source: ByteSource, isCut: Bool) throws(RecordingsError) {
    path = source.path
    var opened: OpaquePointer?
    let name = source.filePath.map { "file:\(Self.escaped($0))?mode=ro&immutable=1" } ?? ":memory:"
    let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX
    let status = sqlite3_open_v2(name, &opened, flags, nil)
    guard let opened else {
      throw RecordingsError(
        .exhausted, "no memory to open this database", remedy: "Close other programs.", path: path)
    }
    handle = opened
    guard status == SQLITE_OK else { throw error(status) }
    if let bytes = source.memory { try deserialize(bytes) }
    // No text or blob is longer than its database, and none of its schema is run.
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Int32(clamping: max(source.count, 1 << 16)))
    // SQLite refuses a database that lacks pages unless its schema may be repaired.
    let repair = "writable_schema=\(isCut ? "ON" : "OFF")"
    for setting in ["trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", repair] {
      sqlite3_exec(handle, "PRAGMA \(setting)", nil, nil, nil)
    }
    // One row never takes so much work, unless damaged pages point to each other.
    let mostWork = Int32(clamping: 10_000_000 + 64 * source.count)
    sqlite3_progress_handler(handle, mostWork, { _ in 1 }, nil)
  }

  deinit {
    sqlite3_close_v2(handle)
  }

  private func deserialize(_ bytes: [UInt8]) throws(RecordingsError) {
    guard let copy = sqlite3_malloc64(UInt64(max(1, bytes.count))) else {
      throw error(SQLITE_NOMEM)
    }
    bytes.withUnsafeBytes { bytes in
      if let start = bytes.baseAddress { copy.copyMemory(from: start, byteCount: bytes.count) }
    }
    let flags = UInt32(SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY)
    let status = sqlite3_deserialize(
      handle, "main", copy.assumingMemoryBound(to: UInt8.self), Int64(bytes.count),
      Int64(bytes.count), flags)
    guard status == SQLITE_OK else { throw error(status) }
  }

  /// A path as part of a URI.
  private static func escaped(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return path.utf8.reduce(into: "") { escaped, byte in
      switch byte {
      case UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "%"), 0...32, 127...:
        escaped += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      default: escaped.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
  }

  /// What SQLite says went wrong.
  fileprivate func error(_ status: Int32) -> RecordingsError {
    let reason = String(cString: sqlite3_errmsg(handle))
    switch status & 0xFF {
    case SQLITE_NOMEM, SQLITE_FULL:
      return RecordingsError(
        .exhausted, "the database needs more memory: \(reason)", remedy: "Close other programs.",
        path: path)
    case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_IOERR, SQLITE_AUTH:
      return RecordingsError(
        .unreadable, "cannot read this database: \(reason)",
        remedy: "Check the path and its permissions.", path: path)
    default:
      return .damaged(
        "the database is damaged: \(reason)", path: path,
        remedy: "Copy it again, or save what is left with sqlite3 FILE .recover.")
    }
  }
}

/// A query at work, with the row it is at.
final class SQLiteQuery {
  private let database: SQLiteDatabase
  private let statement: OpaquePointer
  /// Whether all rows were given: asked again, SQLite would start anew.
  private var isAtEnd = false

  /// Prepares a query.
  ///
  /// - Throws: `.damaged` where the database has no such tables or columns.
  init(_ text: String, of database: SQLiteDatabase) throws(RecordingsError) {
    self.database = database
    var prepared: OpaquePointer?
    let status = sqlite3_prepare_v2(database.handle, text, -1, &prepared, nil)
    guard status == SQLITE_OK, let prepared else { throw database.error(status) }
    statement = prepared
  }

  deinit {
    sqlite3_finalize(statement)
  }

  /// Goes to the next row; false behind the last.
  ///
  /// - Throws: `.damaged`; `.exhausted`; `.unreadable`.
  func step() throws(RecordingsError) -> Bool {
    if isAtEnd { return false }
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE:
      isAtEnd = true
      return false
    case let status: throw database.error(status)
    }
  }

  /// Starts again with another number in the place of the query's `?`.
  func restart(with number: Int64) {
    isAtEnd = false
    sqlite3_reset(statement)
    sqlite3_bind_int64(statement, 1, number)
  }

  /// A column's whole number; 0 where it is none.
  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

  /// A column's text; nothing where it is null.
  func text(_ column: Int32) -> String? {
    sqlite3_column_text(statement, column).map { String(cString: $0) }
  }

  /// A column's bytes.
  func bytes(_ column: Int32) -> [UInt8] {
    let start = sqlite3_column_blob(statement, column)
    let count = Int(sqlite3_column_bytes(statement, column))
    return Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }
}
