import Foundation
import Glibc
import PointCloudIO

extension Packing {
  /// How a frame of Zstandard starts.
  static let zstdMark: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
}

extension ByteSource {
  /// Bytes of a regular file; nothing where there is none.
  static func size(of path: String) -> Int? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Unpacks a file of Zstandard, piece by piece, into a temporary file that takes its place.
  ///
  /// - Throws: `.damaged`; `.cut`; `.exhausted` where the disk is full.
  package convenience init(unpacking packed: ByteSource) throws(RecordingsError) {
    let path = Self.temporaryPath()
    do {
      try Self.unpack(packed, into: Self.temporaryFile(path))
    } catch {
      throw error.located(in: packed.path)
    }
    try self.init(temporary: path, of: packed.path)
  }

  /// A copy of the first `count` bytes: in memory where they are, else in a temporary file.
  ///
  /// - Throws: `.unreadable`; `.exhausted` where the disk is full.
  convenience init(copying source: ByteSource, count: Int) throws(RecordingsError) {
    if let bytes = source.memory {
      self.init(Array(bytes[..<count]), path: source.path)
      return
    }
    let path = Self.temporaryPath()
    let file = try Self.temporaryFile(path)
    var position = 0
    while position < count {
      let piece = try source.read(at: position, count: min(1 << 18, count - position))
      try RecordingsError.writing { () throws(PointCloudIOError) in try file.write(piece) }
      position += piece.count
    }
    try RecordingsError.writing { () throws(PointCloudIOError) in try file.finish() }
    try self.init(temporary: path, of: source.path)
  }

  private static func temporaryPath() -> String {
    FileManager.default.temporaryDirectory.appending(path: "lidarseg-\(UUID().uuidString)").path
  }

  private static func temporaryFile(_ path: String) throws(RecordingsError) -> AtomicFile {
    try RecordingsError.writing { () throws(PointCloudIOError) in try AtomicFile(path: path) }
  }

  private static func unpack(
    _ packed: ByteSource, into file: AtomicFile
  ) throws(RecordingsError) {
    guard let stream = UnpackingStream(.zstd) else {
      throw RecordingsError(
        .exhausted, "no memory to unpack this file", remedy: "Close other programs.")
    }
    let size = packed.count
    let limit = Packing.largestCount(from: size)
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    var (position, written) = (0, 0)
    var isWhole = true
    while position < size {
      let input = try packed.read(at: position, count: min(1 << 18, size - position))
      var taken = 0
      var mayHaveMore = false
      while taken < input.count || mayHaveMore {
        let step = input.withUnsafeBytes { input in
          piece.withUnsafeMutableBytes { piece in
            stream.step(UnsafeRawBufferPointer(rebasing: input[taken...]), into: piece)
          }
        }
        guard let step, step.consumed > 0 || step.produced > 0 || taken == input.count else {
          throw .damaged("zstd data is damaged", at: position + taken)
        }
        taken += step.consumed
        written += step.produced
        guard written <= limit else {
          throw .damaged("the file unpacks to more than \(limit) bytes", at: position + taken)
        }
        let unpacked = Array(piece[..<step.produced])
        try RecordingsError.writing { () throws(PointCloudIOError) in try file.write(unpacked) }
        isWhole = step.isAtEnd
        mayHaveMore = !isWhole && step.produced == piece.count
      }
      position += input.count
    }
    guard isWhole else { throw .cut("the zstd data breaks off", at: size) }
    try RecordingsError.writing { () throws(PointCloudIOError) in try file.finish() }
  }
}
