import Glibc

/// Bytes that are read piece by piece: a file, or an array in its place, or a stream that is read from
/// its start to its end only.
package final class ByteSource {
  private enum Store {
    case file(Int32)
    case memory([UInt8])
    case stream(StreamWindow)
  }

  private let store: Store
  /// What is named where something is wrong with the content.
  package let path: String
  /// The file with the bytes, where it is not the one that is named.
  private let unpackedPath: String?

  /// The file to open for another reader; nothing where the bytes are in memory.
  package var filePath: String? {
    if case .file = store { return unpackedPath ?? path }
    return nil
  }

  /// Bytes in memory under a name.
  package init(_ bytes: [UInt8], path: String) {
    store = .memory(bytes)
    self.path = path
    unpackedPath = nil
  }

  /// A stream: bytes before those that were read last are gone.
  package init(_ stream: ByteStream) {
    store = .stream(StreamWindow(stream))
    path = stream.path
    unpackedPath = nil
  }

  /// Whether bytes can be read in one order only.
  var isStream: Bool {
    if case .stream = store { return true }
    return false
  }

  /// Waits until a stream has bytes up to `end`, or ended; others have them, or not.
  func wait(for end: Int) throws(RecordingsError) {
    if case .stream(let window) = store { try window.fill(to: end) }
  }

  /// Opens a file.
  ///
  /// - Throws: `.unreadable` where it is missing, not a regular file, or cannot be read.
  package init(path: String) throws(RecordingsError) {
    // Not blocking, so that a pipe without a writer is refused and not waited for.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw Self.unreadable(path, errno) }
    store = .file(file)
    self.path = path
    unpackedPath = nil
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Self.unreadable(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw RecordingsError(
        .unreadable, "this is not a regular file", remedy: "Name a recording.", path: path)
    }
  }

  /// A temporary file that was filled from the file at `path`, and is removed when no longer needed.
  init(temporary: String, of path: String) throws(RecordingsError) {
    let file = open(temporary, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Self.unreadable(temporary, errno) }
    store = .file(file)
    self.path = path
    unpackedPath = temporary
  }

  deinit {
    if case .file(let file) = store { close(file) }
    if let unpackedPath { unlink(unpackedPath) }
  }

  /// How many bytes there are at present: a file may grow, and a stream has those that came.
  package var count: Int {
    switch store {
    case .memory(let bytes): return bytes.count
    case .stream(let window): return window.end
    case .file(let file):
      var status = stat()
      return fstat(file, &status) == 0 ? Int(status.st_size) : 0
    }
  }

  /// All bytes, where they are in memory.
  var memory: [UInt8]? {
    if case .memory(let bytes) = store { return bytes }
    return nil
  }

  /// Reads `length` bytes.
  ///
  /// - Throws: `.cut` where there are fewer, before anything is allocated; `.unreadable`.
  package func read(at offset: Int, count length: Int) throws(RecordingsError) -> [UInt8] {
    if isStream { try wait(for: offset + length) }
    let available = max(0, count - offset)
    guard length <= available else {
      throw .cut(
        "\(length) bytes are expected where \(available) are left", path: path, at: offset)
    }
    switch store {
    case .memory(let bytes): return Array(bytes[offset..<offset + length])
    case .stream(let window): return window.take(offset..<offset + length)
    case .file(let file):
      let bytes = try read(file, at: offset, count: length)
      guard bytes.count == length else {
        throw .cut("the file became shorter while it was read", path: path, at: offset)
      }
      return bytes
    }
  }

  private func read(
    _ file: Int32, at offset: Int, count: Int
  ) throws(RecordingsError) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < buffer.count {
        let next = buffer.baseAddress.map { $0 + filled }
        let got = pread(file, next, buffer.count - filled, off_t(offset + filled))
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = errno }
        if got <= 0 { return }
        filled += got
      }
    }
    guard failure == 0 else { throw Self.unreadable(path, failure) }
    return bytes
  }

  private static func unreadable(_ path: String, _ code: Int32) -> RecordingsError {
    RecordingsError(
      .unreadable, "cannot read this file: \(String(cString: strerror(code)))",
      remedy: "Check the path and its permissions.", path: path)
  }
}

/// The bytes of a stream that came and were not read over yet.
private final class StreamWindow {
  private let stream: ByteStream
  private var bytes: [UInt8] = []
  /// Where they start in the stream.
  private var start = 0

  init(_ stream: ByteStream) {
    self.stream = stream
  }

  var end: Int { start + bytes.count }

  /// Waits for bytes up to `end`, no more of them in memory than came.
  func fill(to end: Int) throws(RecordingsError) {
    while self.end < end {
      let more = try stream.next()
      if more.isEmpty { return }
      bytes += more
    }
  }

  /// Bytes that are there; those before them are let go.
  func take(_ range: Range<Int>) -> [UInt8] {
    precondition(range.lowerBound >= start, "byte \(range.lowerBound) of a stream is gone")
    bytes.removeFirst(range.lowerBound - start)
    start = range.lowerBound
    return Array(bytes[..<range.count])
  }
}
