import Glibc
import Synchronization

/// A file that is written piece by piece and appears whole or not at all.
///
/// It grows beside its place and is renamed into it. On any failure the old file, if there was one,
/// is untouched and nothing is left beside it. A link is followed. A device or pipe is written to as
/// it is, since nothing can replace it.
package final class AtomicFile {
  private let file: Int32
  /// The file as it was named, and as links lead to it.
  private let (path, target): (String, String)
  /// Where it grows; nothing where it is written in its place.
  private let partial: String?
  private var isOpen = true

  /// Makes the file, beside its place.
  ///
  /// - Throws: `.exhausted` where the disk is full, `.unwritable` for every other reason.
  package init(path: String) throws(PointCloudIOError) {
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR { throw Self.failed(path, EISDIR) }
    let isReplaced = exists && status.st_mode & S_IFMT == S_IFREG
    let target = isReplaced ? Self.resolved(path) : path
    (self.path, self.target) = (path, target)
    if exists, !isReplaced {
      partial = nil
      file = open(path, O_WRONLY | O_CLOEXEC)
    } else {
      // Renaming would replace a file that is protected from writing.
      if exists, access(target, W_OK) != 0 { throw Self.failed(path, errno) }
      let number = UInt32.random(in: .min ... .max)
      let name = "\(Self.folder(of: target)).\(getpid())-\(number).partial"
      partial = name
      file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    }
    guard file >= 0 else { throw Self.failed(path, errno) }
    if isReplaced { _ = fchmod(file, status.st_mode & 0o777) }
  }

  /// Tries whether a file can be made, and leaves nothing behind.
  ///
  /// Devices and pipes are not tried: a pipe's reader would take that for its end.
  ///
  /// - Throws: as `init(path:)` does.
  package static func check(path: String) throws(PointCloudIOError) {
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) { return }
    _ = try AtomicFile(path: path)
  }

  /// Standard output, which is written to as it is and stays open.
  package static func standardOutput() -> AtomicFile { AtomicFile(descriptor: STDOUT_FILENO) }

  private init(descriptor: Int32) {
    file = dup(descriptor)
    (path, target, partial) = ("standard output", "standard output", nil)
  }

  deinit {
    guard isOpen else { return }
    close(file)
    if let partial { unlink(partial) }
  }

  /// Adds bytes at the end.
  ///
  /// - Throws: `.exhausted`; `.unwritable`.
  package func write(_ bytes: [UInt8]) throws(PointCloudIOError) {
    let failure: Int32 = bytes.withUnsafeBytes { bytes in
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
    guard failure == 0 else { throw Self.failed(path, failure) }
  }

  /// Forces the file to the disk and puts it in its place.
  ///
  /// - Throws: `.exhausted`; `.unwritable`.
  package func finish() throws(PointCloudIOError) {
    guard isOpen else { return }
    isOpen = false
    var failure: Int32 = 0
    if partial != nil, fsync(file) != 0 { failure = errno }
    if close(file) != 0, failure == 0 { failure = errno }
    if let partial, failure == 0, rename(partial, target) != 0 { failure = errno }
    guard failure == 0 else {
      if let partial { unlink(partial) }
      throw Self.failed(path, failure)
    }
    if partial != nil { Self.synchronizeFolder(of: target) }
  }

  /// Writes `bytes` as the whole file at `path`.
  ///
  /// - Throws: `.exhausted`; `.unwritable`.
  package static func write(_ bytes: [UInt8], to path: String) throws(PointCloudIOError) {
    unfinished.withLock { $0 += 1 }
    defer { unfinished.withLock { $0 -= 1 } }
    let file = try AtomicFile(path: path)
    try file.write(bytes)
    try file.finish()
  }

  /// How many files are being written in one go.
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

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// The folder that a file is in, with its last slash.
  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
  }

  /// Makes a file's new name last.
  ///
  /// The file is complete whether or not the file system can do this.
  package static func synchronizeFolder(of path: String) {
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
