import Glibc

/// Bytes that come one after the other: standard input, or a file that grows.
///
/// Unchecked `Sendable`: it is used by one thread at a time.
package final class ByteStream: @unchecked Sendable {
  private let file: Int32
  private let isOwned: Bool
  /// Whether the end of the file is only the end so far.
  private let isGrowing: Bool
  /// What is named where something is wrong with the content.
  package let path: String
  /// Bytes that were looked at and not taken.
  private var ahead: [UInt8] = []
  /// Asked ten times a second while nothing comes; once it says so, the stream is at its end.
  private var isStopped: () -> Bool = { false }

  private init(_ file: Int32, path: String, isOwned: Bool, isGrowing: Bool) {
    (self.file, self.path, self.isOwned, self.isGrowing) = (file, path, isOwned, isGrowing)
  }

  deinit {
    if isOwned { close(file) }
  }

  /// What is written to this process.
  package static func standardInput() -> ByteStream {
    ByteStream(STDIN_FILENO, path: "-", isOwned: false, isGrowing: false)
  }

  /// A file to which others are adding.
  ///
  /// - Throws: `.unreadable`.
  package static func following(_ path: String) throws(RecordingsError) -> ByteStream {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw RecordingsError(
        .unreadable, "cannot read this file: \(String(cString: strerror(errno)))",
        remedy: "Check the path and its permissions.", path: path)
    }
    return ByteStream(file, path: path, isOwned: true, isGrowing: true)
  }

  /// Reads in `body`; once `isStopped` says so, the stream is at its end.
  package func read<Result, Failure: Error>(
    until isStopped: () -> Bool, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withoutActuallyEscaping(isStopped) { isStopped throws(Failure) in
      self.isStopped = isStopped
      defer { self.isStopped = { false } }
      return try body()
    }
  }

  /// The first bytes, which stay to be taken; fewer than `count` only at the end.
  ///
  /// - Throws: `.unreadable`.
  package func start(_ count: Int) throws(RecordingsError) -> [UInt8] {
    while ahead.count < count {
      let more = try receive(upTo: count - ahead.count)
      if more.isEmpty { break }
      ahead += more
    }
    return Array(ahead.prefix(count))
  }

  /// The next bytes, as many as there are at once, after waiting for the first; none at the end.
  ///
  /// - Throws: `.unreadable`.
  package func next(upTo count: Int = 1 << 18) throws(RecordingsError) -> [UInt8] {
    guard ahead.isEmpty else {
      defer { ahead.removeFirst(min(count, ahead.count)) }
      return Array(ahead.prefix(count))
    }
    return try receive(upTo: count)
  }

  private func receive(upTo count: Int) throws(RecordingsError) -> [UInt8] {
    while !isStopped() {
      guard isGrowing || isReady() else { continue }
      var failure: Int32 = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        let got = Glibc.read(file, buffer.baseAddress, count)
        if got < 0 { failure = errno }
        filled = max(0, got)
      }
      if failure == EINTR { continue }
      guard failure == 0 else {
        throw RecordingsError(
          .unreadable, "cannot read on: \(String(cString: strerror(failure)))",
          remedy: "Check what writes to it.", path: path)
      }
      if !bytes.isEmpty || !isGrowing { return bytes }
      usleep(20_000)
    }
    return []
  }

  /// Waits a tenth of a second for bytes, or the end.
  private func isReady() -> Bool {
    var waited = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
    return poll(&waited, 1, 100) > 0
  }
}
