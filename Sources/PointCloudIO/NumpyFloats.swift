import Glibc

/// A NumPy file of 32-bit floats in row-major order that is read a piece at a time.
package struct NumpyFloats: Sendable {
  /// The file.
  package let path: String
  /// Extents, outermost first.
  package let shape: [Int]
  /// The byte where the values start.
  package let bodyStart: Int
  /// What is wrong with the file's length, where it may be read as far as it goes.
  package let damage: PointCloudIOError?
  /// How many values are there.
  package let count: Int

  /// Reads the header of the file at `path`, and checks that all values are there.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - mayBeCut: whether a file of another length than its shape says is read as far as it goes.
  /// - Throws: `.unreadable`; `.unsupported` for values of another type or order; `.damaged` for a
  ///   header that is none, or a file that is shorter or longer than its shape says.
  package init(path: String, mayBeCut: Bool = false) throws(PointCloudIOError) {
    let file = try Self.opened(path)
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Self.unreadable(path, errno) }
    let size = Int(status.st_size)
    let content = try Self.head(of: file, size: size, path: path)
    guard content.bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else {
      throw content.damaged("the file does not start as a NumPy array does", at: 0)
    }
    let header = try NumpyHeader(content)
    guard header.element == .little32, !header.isColumnMajor || header.shape.count < 2 else {
      throw content.unsupported(
        "the values are \(header.element.rawValue)\(header.isColumnMajor ? ", by columns" : "")",
        at: 8, remedy: "Save numpy.ascontiguousarray(array, \"<f4\").")
    }
    var end = 4
    for extent in header.shape {
      let (product, isTooLarge) = end.multipliedReportingOverflow(by: extent)
      guard !isTooLarge, product < Int.max / 2 else {
        throw content.damaged("shape \(header.shape) is more than any file", at: 8)
      }
      end = product
    }
    end += header.bodyStart
    let damage = content.damaged(
      "shape \(header.shape) takes \(end) bytes, the file has \(size)", at: min(size, end))
    guard size == end || mayBeCut else { throw damage }
    self.damage = size == end ? nil : damage
    count = (min(size, end) - header.bodyStart) / 4
    self.path = path
    shape = header.shape
    bodyStart = header.bodyStart
  }

  /// The byte of the file where a value starts.
  package func offset(of value: Int) -> Int { bodyStart + 4 * value }

  /// Reads the values of a range; `values` keeps its memory where it has enough.
  ///
  /// - Throws: `.unreadable`; `.damaged` where the file has become shorter.
  package func read(_ range: Range<Int>, into values: inout [Float]) throws(PointCloudIOError) {
    let file = try Self.opened(path)
    defer { close(file) }
    if values.count != range.count { values = [Float](repeating: 0, count: range.count) }
    let start = offset(of: range.lowerBound)
    let (done, failure) = values.withUnsafeMutableBytes { Self.fill($0, from: file, at: start) }
    guard failure == 0 else { throw Self.unreadable(path, failure) }
    guard done == 4 * range.count else {
      throw PointCloudIOError(
        .damaged, "the file has become shorter", remedy: "Copy or convert the file again.",
        path: path, offset: start + done)
    }
  }

  /// The bytes up to the first value; fewer where the file ends before.
  private static func head(
    of file: Int32, size: Int, path: String
  ) throws(PointCloudIOError) -> FileContent {
    var bytes = [UInt8](repeating: 0, count: min(size, 12))
    var failure = bytes.withUnsafeMutableBytes { fill($0, from: file, at: 0) }.failure
    if bytes.count == 12, failure == 0 {
      let isShort = bytes[6] == 1
      let length = bytes[8..<(isShort ? 10 : 12)].reversed().reduce(0) { $0 << 8 | Int($1) }
      // A header of more than 64 KiB is refused; its bytes are not needed for that.
      bytes = [UInt8](repeating: 0, count: min(size, 12 + min(length, 1 << 16)))
      failure = bytes.withUnsafeMutableBytes { fill($0, from: file, at: 0) }.failure
    }
    guard failure == 0 else { throw unreadable(path, failure) }
    return FileContent(path: path, bytes: bytes)
  }

  /// Reads until the memory is full or the file ends; gives how many bytes, and the error's number.
  private static func fill(
    _ memory: UnsafeMutableRawBufferPointer, from file: Int32, at offset: Int
  ) -> (done: Int, failure: Int32) {
    var done = 0
    while done < memory.count {
      let next = memory.baseAddress.map { $0 + done }
      let got = pread(file, next, memory.count - done, off_t(offset + done))
      if got < 0, errno == EINTR { continue }
      if got < 0 { return (done, errno) }
      if got == 0 { break }
      done += got
    }
    return (done, 0)
  }

  private static func opened(_ path: String) throws(PointCloudIOError) -> Int32 {
    // Not blocking, so that a pipe without a writer is refused and not waited for.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw unreadable(path, errno) }
    return file
  }

  private static func unreadable(_ path: String, _ code: Int32) -> PointCloudIOError {
    PointCloudIOError(
      .unreadable, "cannot read this file: \(String(cString: strerror(code)))",
      remedy: "Check the path and its permissions.", path: path)
  }
}
