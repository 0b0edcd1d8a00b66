import Foundation

/// A recording of messages: an MCAP file, a rosbag2 database or folder, or a ROS 1 bag.
///
/// It is read once, from its start to its end, with one message or one chunk in memory at a time. What
/// a file is is told by its content, not by its name.
public final class Recording {
  private let source: any MessageSource
  /// The file or folder.
  public let path: String
  /// How many messages have been given.
  public private(set) var messageCount = 0
  /// What is wrong with the recording, once that was met.
  public private(set) var damage: RecordingsError?

  private init(_ source: any MessageSource, path: String) {
    self.source = source
    self.path = path
  }

  /// Opens a recording.
  ///
  /// A folder is one of rosbag2's, with `metadata.yaml` or without; that file may be named in its
  /// place. Files that rosbag2 compressed as a whole are unpacked into a temporary file.
  ///
  /// - Throws: `.unreadable`; `.unrecognised` where it is no recording; `.damaged` where its start is
  ///   damaged; `.unsupported` for a version that is not read.
  public static func open(_ path: String) throws(RecordingsError) -> Recording {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      return try Recording(Rosbag2Folder(path: path), path: path)
    }
    let url = URL(fileURLWithPath: path)
    if url.lastPathComponent == "metadata.yaml" {
      let folder = url.deletingLastPathComponent().path
      return try Recording(Rosbag2Folder(path: folder), path: folder)
    }
    return try Recording(source(ofFile: path), path: path)
  }

  /// Whether a path is that of a recording: by how a file starts, or by what a folder holds.
  package static func isRecording(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return false }
    if isFolder.boolValue {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      return names.contains {
        $0 == "metadata.yaml" || $0.hasSuffix(".db3") || $0.hasSuffix(".mcap")
          || $0.hasSuffix(".db3.zstd") || $0.hasSuffix(".mcap.zstd")
      }
    }
    guard let file = FileHandle(forReadingAtPath: path), let bytes = try? file.read(upToCount: 16)
    else { return false }
    let start = [UInt8](bytes)
    return isMCAP(startingWith: start) || start.starts(with: Array("SQLite format 3\0".utf8))
      || start.starts(with: Array("#ROSBAG ".utf8)) || start.starts(with: Packing.zstdMark)
      || URL(fileURLWithPath: path).lastPathComponent == "metadata.yaml"
  }

  /// Whether these first eight bytes are MCAP's.
  package static func isMCAP(startingWith bytes: [UInt8]) -> Bool {
    bytes.starts(with: MCAPOpcode.magic)
  }

  /// Reads the MCAP of a stream, which has no summary before its end.
  ///
  /// - Throws: `.unrecognised` where it is none; `.unreadable`.
  package static func open(_ stream: ByteStream) throws(RecordingsError) -> Recording {
    try Recording(MCAPFile(ByteSource(stream)), path: stream.path)
  }

  /// The topics: all of them where the recording lists them before its messages, otherwise those
  /// that were met so far.
  public var topics: [RecordedTopic] { source.topics }

  /// The next message; nothing behind the last.
  ///
  /// Messages come in the order of their times as far as the format keeps that order: a database by
  /// its index, MCAP and bags chunk by chunk, and within a chunk by time.
  ///
  /// - Throws: where the recording is damaged, behind all messages before the damage; the message
  ///   says how many were read. Afterwards nothing more is given, except that a file that ended too
  ///   early (`.cut`) may be asked again once it has grown.
  public func next() throws(RecordingsError) -> RecordedMessage? {
    if let damage, damage.code != .cut { return nil }
    do {
      let message = try source.next()
      if message != nil { messageCount += 1 }
      damage = nil
      return message
    } catch {
      var error = error
      let read = messageCount == 1 ? "1 message was" : "\(messageCount) messages were"
      error.message += "; \(read) read before"
      error.path = error.path ?? path
      damage = error
      throw error
    }
  }

  /// A reader of a file, chosen by how the file starts.
  static func source(ofFile path: String) throws(RecordingsError) -> any MessageSource {
    let file = try ByteSource(path: path)
    let start = try file.read(at: 0, count: min(4, file.count))
    guard start == Packing.zstdMark else { return try reader(of: file) }
    return try reader(of: ByteSource(unpacking: file))
  }

  /// A reader of bytes, chosen by how they start.
  package static func reader(of source: ByteSource) throws(RecordingsError) -> any MessageSource {
    let start = try source.read(at: 0, count: min(16, source.count))
    if start.starts(with: MCAPOpcode.magic) { return try MCAPFile(source) }
    if start.starts(with: Array("SQLite format 3\0".utf8)) { return try Rosbag2Database(source) }
    if start.starts(with: Array("#ROSBAG ".utf8)) { return try Rosbag1File(source) }
    throw RecordingsError(
      .unrecognised, "this is no recording",
      remedy: "Name an MCAP file, a rosbag2 folder or database (.db3), or a ROS 1 bag.",
      path: source.path, offset: 0)
  }
}
