/// The bytes of a capture that are fed and not yet used.
struct CaptureBuffer {
  private var bytes: [UInt8] = []
  /// Where in `bytes` the unused ones begin.
  private var start = 0
  /// Which byte of the file the next unused one is.
  private(set) var offset = 0

  /// How many bytes wait.
  var count: Int { bytes.count - start }

  /// Room that used bytes may take before the others move down.
  private static let slack = 1 << 20

  mutating func append(_ more: [UInt8]) {
    if start == bytes.count {
      bytes = more
      start = 0
    } else {
      if start > Self.slack {
        bytes.removeSubrange(0..<start)
        start = 0
      }
      bytes += more
    }
  }

  /// The next `length` bytes; nil where so many are not there yet.
  func peek(_ length: Int) -> ByteReader? { ByteReader(bytes).part(from: start, count: length) }

  /// - Precondition: so many bytes wait.
  mutating func skip(_ length: Int) {
    precondition(length >= 0 && length <= count, "\(length) bytes of \(count) cannot be skipped")
    start += length
    offset += length
  }
}
