import Glibc

/// A file that is written piece by piece and appears whole or not at all.
///
/// It grows beside its place and is renamed into it. A device or pipe is written to as it is.
final class OutputFile {
  private let file: Int32
  private let path: String
  /// Where it grows; nothing where it is written in its place.
  private let partial: String?
  private var isOpen = true

  /// Makes the file, beside its place.
  ///
  /// - Throws: `.unwritable`; `.exhausted` where the disk is full.
  init(path: String) throws(RecordingsError) {
    self.path = path
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR { throw Self.failed(path, EISDIR) }
    if exists, status.st_mode & S_IFMT != S_IFREG {
      partial = nil
      file = open(path, O_WRONLY | O_CLOEXEC)
    } else {
      // Renaming would replace a file that is protected from writing.
      if exists, access(path, W_OK) != 0 { throw Self.failed(path, errno) }
      let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
      let name = "\(folder).\(getpid())-\(UInt32.random(in: .min ... .max)).partial"
      partial = name
      file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    }
    guard file >= 0 else { throw Self.failed(path, errno) }
  }

  deinit {
    guard isOpen else { return }
    close(file)
    if let partial { unlink(partial) }
  }

  /// Adds bytes at the end.
  ///
  /// - Throws: `.unwritable`; `.exhausted`.
  func write(_ bytes: [UInt8]) throws(RecordingsError) {
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
  /// - Throws: `.unwritable`; `.exhausted`.
  func finish() throws(RecordingsError) {
    guard isOpen else { return }
    var failure: Int32 = 0
    if partial != nil, fsync(file) != 0 { failure = errno }
    isOpen = false
    if close(file) != 0, failure == 0 { failure = errno }
    guard let partial else {
      if failure != 0 { throw Self.failed(path, failure) }
      return
    }
    if failure == 0, rename(partial, path) != 0 { failure = errno }
    guard failure == 0 else {
      unlink(partial)
      throw Self.failed(path, failure)
    }
  }

  private static func failed(_ path: String, _ code: Int32) -> RecordingsError {
    let reason = String(cString: strerror(code))
    switch code {
    case ENOSPC, EDQUOT, EFBIG:
      return RecordingsError(
        .exhausted, "no room for this file: \(reason)",
        remedy: "Free some space or write elsewhere; nothing was left behind.", path: path)
    default:
      return RecordingsError(
        .unwritable, "cannot write this file: \(reason)",
        remedy: "Check that its folder exists and may be written to.", path: path)
    }
  }
}
