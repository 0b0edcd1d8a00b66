import Glibc
import Synchronization

/// Writes files so that they appear whole or not at all.
package enum AtomicFile {
  /// Writes `bytes` beside `path`, forces them to the disk, and renames the result into place.
  ///
  /// On any failure the old file, if there was one, is untouched and nothing is left beside it. A
  /// link is followed. A device or pipe is written to as it is, since nothing can replace it.
  ///
  /// - Throws: `.exhausted` where the disk is full, `.unwritable` for every other reason.
  package static func write(_ bytes: [UInt8], to path: String) throws(PointCloudIOError) {
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR { throw failed(path, EISDIR) }
    if exists, status.st_mode & S_IFMT != S_IFREG { return try writeStream(bytes, to: path) }
    let target = exists ? resolved(path) : path
    // Renaming would replace a file that is protected from writing.
    if exists, access(target, W_OK) != 0 { throw failed(path, errno) }
    unfinished.withLock { $0 += 1 }
    defer { unfinished.withLock { $0 -= 1 } }
    let number = UInt32.random(in: .min ... .max)
    let partial = "\(folder(of: target)).\(getpid())-\(number).partial"
    let file = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw failed(path, errno) }
    if exists { _ = fchmod(file, status.st_mode & 0o777) }
    var failure = fill(file, with: bytes)
    if failure == 0, fsync(file) != 0 { failure = errno }
    if close(file) != 0, failure == 0 { failure = errno }
    if failure == 0, rename(partial, target) != 0 { failure = errno }
    guard failure == 0 else {
      unlink(partial)
      throw failed(path, failure)
    }
    synchronizeFolder(of: target)
  }

  /// How many files are being written.
  private static let unfinished = Mutex(0)

  /// Ends the process, for a signal that asks for it, once no file is half written.
  package static func endProcess(status: Int32) -> Never {
    while true {
      unfinished.withLock { count in
        // Under the lock, so that no other thread begins a file in between.
        if count == 0 { _exit(status) }
      }
      usleep(1_000)
    }
  }

  private static func writeStream(
    _ bytes: [UInt8], to path: String
  ) throws(PointCloudIOError) {
    let file = open(path, O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { throw failed(path, errno) }
    var failure = fill(file, with: bytes)
    if close(file) != 0, failure == 0 { failure = errno }
    guard failure == 0 else { throw failed(path, failure) }
  }

  /// Writes everything; gives 0 or the error's number.
  private static func fill(_ file: Int32, with bytes: [UInt8]) -> Int32 {
    bytes.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let next = bytes.baseAddress.map { $0 + done }
        let written = Glibc.write(file, next, bytes.count - done)
        if written < 0, errno == EINTR { continue }
        if written < 0 { return errno }
        done += written
      }
      return 0
    }
  }

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// The folder that a file is in, with its last slash.
  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
  }

  /// Makes the new name last.
  ///
  /// The file is complete whether or not the file system can do this.
  private static func synchronizeFolder(of path: String) {
    let file = open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { return }
    fsync(file)
    close(file)
  }

  private static func failed(_ path: String, _ code: Int32) -> PointCloudIOError {
    let reason = String(cString: strerror(code))
    switch code {
    case ENOSPC, EDQUOT, EFBIG:
      return PointCloudIOError(
        .exhausted, "no room for this file: \(reason)",
        remedy: "Free some space or write elsewhere; nothing was left behind.", path: path)
    default:
      return PointCloudIOError(
        .unwritable, "cannot write this file: \(reason)",
        remedy: "Check that its folder exists and may be written to.", path: path)
    }
  }
}
