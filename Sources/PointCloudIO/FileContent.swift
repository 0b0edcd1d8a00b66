import Glibc

/// A whole file in memory: what every reader of a format starts from.
struct FileContent {
  let path: String
  let bytes: [UInt8]

  var count: Int { bytes.count }

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// The largest file that is read: more than a hundred million points.
  private static let largestCount = 1 << 31

  /// Reads the file at `path`.
  ///
  /// - Throws: `.unreadable` where it is missing, not a regular file, or cannot be read;
  ///   `.exhausted` where it is larger than 2 GiB.
  init(path: String) throws(PointCloudIOError) {
    // Not blocking, so that a pipe without a writer is refused and not waited for.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw Self.unreadable(path, errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Self.unreadable(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let kind = status.st_mode & S_IFMT == S_IFDIR ? "a folder" : "not a regular file"
      throw PointCloudIOError(
        .unreadable, "this is \(kind), not a scan or label file", remedy: "Name a file.",
        path: path)
    }
    guard status.st_size <= Self.largestCount else {
      throw PointCloudIOError(
        .exhausted, "\(status.st_size) bytes are more than the 2 GiB that one file may have",
        remedy: "Split the file.", path: path)
    }
    var failure: Int32 = 0
    bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, filled in
      while filled < buffer.count {
        let next = buffer.baseAddress.map { $0 + filled }
        let got = Glibc.read(file, next, buffer.count - filled)
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = errno }
        if got <= 0 { return }
        filled += got
      }
    }
    guard failure == 0 else { throw Self.unreadable(path, failure) }
    self.path = path
  }

  private static func unreadable(_ path: String, _ code: Int32) -> PointCloudIOError {
    PointCloudIOError(
      .unreadable, "cannot read this file: \(String(cString: strerror(code)))",
      remedy: "Check the path and its permissions.", path: path)
  }

  /// What to say of content that contradicts its format.
  func damaged(
    _ message: String, at offset: Int, remedy: String = "Copy or convert the file again."
  ) -> PointCloudIOError {
    PointCloudIOError(.damaged, message, remedy: remedy, path: path, offset: offset)
  }

  /// What to say of content that is right and not read here.
  func unsupported(_ message: String, at offset: Int, remedy: String) -> PointCloudIOError {
    PointCloudIOError(.unsupported, message, remedy: remedy, path: path, offset: offset)
  }

  /// The bytes of a range, for a wrapper that takes a pointer.
  func withBytes<Result>(
    _ range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
  }
}
