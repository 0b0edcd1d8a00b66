/// How long a database says it is, and how long it is (https://sqlite.org/fileformat.html, 1.3).
///
/// SQLite takes the missing end of a last page for zeros, so that a message could change unnoticed:
/// it is shown whole pages only.
struct SQLiteExtent {
  private let wholeCount: Int
  /// What is missing, if anything is.
  let cut: RecordingsError?

  private static let headerCount = 100

  /// - Throws: `.cut` where not even the header is whole; `.damaged` for an impossible size of pages.
  init(_ source: ByteSource) throws(RecordingsError) {
    let size = source.count
    let header = try source.read(at: 0, count: Self.headerCount)
    let stored = Int(header.integer(at: 16, .big, as: UInt16.self))
    let pageSize = stored == 1 ? 65_536 : stored
    guard pageSize >= 512, pageSize.nonzeroBitCount == 1 else {
      throw .damaged("a database of pages of \(pageSize) bytes", path: source.path, at: 16)
    }
    // Writers that do not keep the count up leave another number beside it.
    let isCounted =
      header.integer(at: 24, as: UInt32.self) == header.integer(at: 92, as: UInt32.self)
    let claimed = isCounted ? Int(header.integer(at: 28, .big, as: UInt32.self)) * pageSize : 0
    wholeCount = size / pageSize * pageSize
    guard size < claimed || wholeCount < size else {
      cut = nil
      return
    }
    cut = .cut(
      "the database has \(size) bytes of \(max(claimed, wholeCount + pageSize))",
      path: source.path, at: size)
  }

  /// The database without a part of a page at its end; a copy, where there is one.
  func wholePages(of source: ByteSource) throws(RecordingsError) -> ByteSource {
    guard wholeCount < source.count else { return source }
    return try ByteSource(copying: source, count: wholeCount)
  }
}
