import Foundation

/// The packets of a capture file on disk, read in pieces.
public struct CaptureFile {
  private let file: FileHandle
  private let path: String
  private let pieceLength: Int
  private var reader: CaptureReader

  /// Opens a pcap or pcapng file, to be read `pieceLength` bytes at a time.
  ///
  /// - Throws: `unreadable`.
  public init(path: String, pieceLength: Int = 1 << 18) throws(PacketsError) {
    precondition(pieceLength > 0, "a file cannot be read in pieces of \(pieceLength) bytes")
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw PacketsError(
        .unreadable, "the capture cannot be opened",
        remedy: "Check that it exists and may be read.", path: path)
    }
    self.file = file
    self.path = path
    self.pieceLength = pieceLength
    reader = CaptureReader(path: path)
  }

  /// Whether a file that starts with these bytes is a capture.
  ///
  /// - Parameter bytes: the first four or more.
  /// - Returns: whether they are the mark of a pcap or pcapng file.
  public static func isCapture(startingWith bytes: [UInt8]) -> Bool {
    let starts: [[UInt8]] = [
      [0xD4, 0xC3, 0xB2, 0xA1], [0xA1, 0xB2, 0xC3, 0xD4], [0x4D, 0x3C, 0xB2, 0xA1],
      [0xA1, 0xB2, 0x3C, 0x4D], [0x0A, 0x0D, 0x0D, 0x0A],
    ]
    return starts.contains { bytes.starts(with: $0) }
  }

  /// The next packet; nil at what is the end of the file now.
  ///
  /// A file that grows gives more later.
  ///
  /// - Throws: `unreadable`, or what `CaptureReader.next` throws.
  public mutating func next() throws(PacketsError) -> CapturePacket? {
    while true {
      if let packet = try reader.next() { return packet }
      let piece = try read()
      if piece.isEmpty { return nil }
      reader.append([UInt8](piece))
    }
  }

  /// Says that the file does not grow any more.
  ///
  /// Call it when `next` has given nil.
  ///
  /// - Throws: `truncated` where the file ends in the middle of a record.
  public func finish() throws(PacketsError) { try reader.finish() }

  private func read() throws(PacketsError) -> Data {
    do {
      return try file.read(upToCount: pieceLength) ?? Data()
    } catch {
      throw PacketsError(
        .unreadable, "the capture cannot be read: \(error.localizedDescription)",
        remedy: "Check the disk that it is on.", path: path, offset: reader.offset)
    }
  }
}
