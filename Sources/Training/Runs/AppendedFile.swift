import Glibc

/// A file that grows by whole pieces.
package final class AppendedFile {
  private let path: String
  private let file: Int32

  /// Opens a file to add to its end; makes it where it is missing.
  ///
  /// - Throws: `.exhausted` or `.unwritable`.
  package init(_ path: String) throws(TrainingError) {
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw Self.failure(errno, path: path) }
    self.path = path
    self.file = file
  }

  deinit {
    close(file)
  }

  /// Adds a piece; on an error none of it stays.
  ///
  /// - Throws: `.exhausted` or `.unwritable`.
  package func append(_ bytes: [UInt8]) throws(TrainingError) {
    let end = lseek(file, 0, SEEK_END)
    let failure = bytes.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let written = write(file, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if written < 0, errno == EINTR { continue }
        if written < 0 { return errno }
        done += written
      }
      return 0
    }
    guard failure != 0 else { return }
    _ = ftruncate(file, end)
    throw Self.failure(failure, path: path)
  }

  /// Waits until everything is on the disk.
  ///
  /// - Throws: `.exhausted` or `.unwritable`.
  package func synchronize() throws(TrainingError) {
    guard fsync(file) == 0 else { throw Self.failure(errno, path: path) }
  }

  private static func failure(_ code: Int32, path: String) -> TrainingError {
    let isFull = [ENOSPC, EDQUOT, EFBIG].contains(code)
    return TrainingError(
      isFull ? .exhausted : .unwritable,
      "this file cannot be added to: \(String(cString: strerror(code)))",
      remedy: isFull
        ? "free some space, then go on by --resume auto" : "check the path and its permissions",
      path: path)
  }
}
