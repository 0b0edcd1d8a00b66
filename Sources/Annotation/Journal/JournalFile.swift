import Glibc
import PointCloudIO

/// A journal on the disk: records are added at its end, each on the disk before the next.
final class JournalFile {
  let path: String
  private let file: Int32
  /// How long the file is, in bytes: all of it whole records.
  private(set) var length: Int

  /// Opens or makes a journal and drops what lies behind `length` bytes.
  ///
  /// - Throws: `exhausted`; `unwritable`.
  init(path: String, length: Int) throws(AnnotationError) {
    self.path = path
    self.length = length
    file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw Self.failed(path, errno) }
    guard ftruncate(file, off_t(length)) == 0, fsync(file) == 0,
      lseek(file, off_t(length), SEEK_SET) == off_t(length)
    else { throw Self.failed(path, errno) }
    AtomicFile.synchronizeFolder(of: path)
  }

  deinit { if file >= 0 { close(file) } }

  /// Adds a record and waits until it is on the disk.
  ///
  /// - Throws: `exhausted` or `unwritable`; then the journal is what it was.
  func append(_ record: JournalRecord) throws(AnnotationError) {
    let line = try record.line()
    let failure: Int32 = line.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let next = bytes.baseAddress.map { $0 + done }
        let written = write(file, next, bytes.count - done)
        if written < 0, errno == EINTR { continue }
        if written < 0 { return errno }
        done += written
      }
      return fsync(file) == 0 ? 0 : errno
    }
    guard failure == 0 else {
      // The part that was written would be a torn record.
      _ = ftruncate(file, off_t(length))
      _ = lseek(file, off_t(length), SEEK_SET)
      throw Self.failed(path, failure)
    }
    length += line.count
  }

  /// The bytes of a journal, or nothing where there is none.
  ///
  /// - Throws: `unreadable`.
  static func read(_ path: String) throws(AnnotationError) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if file < 0, errno == ENOENT { return nil }
    var status = stat()
    guard file >= 0, fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      if file >= 0 { close(file) }
      throw AnnotationError(
        .unreadable, "the journal cannot be read: \(String(cString: strerror(errno)))",
        remedy: "Check its permissions.", path: path)
    }
    defer { close(file) }
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, filled in
      while filled < buffer.count {
        let got = Glibc.read(file, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = errno }
        if got <= 0 { return }
        filled += got
      }
    }
    guard failure == 0 else {
      throw AnnotationError(
        .unreadable, "the journal cannot be read: \(String(cString: strerror(failure)))",
        remedy: "Check the disk.", path: path)
    }
    return bytes
  }

  private static func failed(_ path: String, _ code: Int32) -> AnnotationError {
    let reason = String(cString: strerror(code))
    switch code {
    case ENOSPC, EDQUOT, EFBIG:
      return AnnotationError(
        .exhausted, "no room for the journal: \(reason)",
        remedy: "Free some space and do the last step again; all before it is kept.", path: path)
    default:
      return AnnotationError(
        .unwritable, "the journal cannot be written: \(reason)",
        remedy: "Check that its folder exists and may be written to.", path: path)
    }
  }
}
