import Foundation
import Packets
import Recordings

/// Where sweeps come from, as a user names it.
public enum SweepOrigin: Equatable, Sendable {
  /// A port of this machine.
  case port(NetworkEndpoint)
  /// A pcap or pcapng file.
  case capture(String)
  /// A recording of messages: a file, or a folder of rosbag2's.
  case recording(String)
  /// What is written to this process: a capture, MCAP, or lidarseg's own stream.
  case standardInput
  /// A file to which others are adding, of the kinds that standard input may be.
  case growing(String)

  /// What a source is, by its form or by the first bytes of its file; nothing for scans in files.
  ///
  /// - Parameters:
  ///   - source: `udp://[address]:port`, `-`, or the path of a file or folder.
  ///   - isFollowed: whether the file grows.
  /// - Throws: `.unreachable` for a `udp://` without a port; `.unreadable` for a file that is to be
  ///   followed and not there.
  public init?(_ source: String, isFollowed: Bool = false) throws(StreamsError) {
    if source.hasPrefix("udp://") {
      self = .port(try NetworkEndpoint(source))
    } else if source == "-" {
      self = .standardInput
    } else if isFollowed {
      self = .growing(source)
    } else if Recording.isRecording(source) {
      self = .recording(source)
    } else if Self.isCapture(source) {
      self = .capture(source)
    } else {
      return nil
    }
  }

  /// Whether sweeps come when they are measured, and not when they are asked for.
  public var isLive: Bool {
    switch self {
    case .port: true
    case .capture, .recording, .standardInput, .growing: false
    }
  }

  /// Whether it is a file or a folder with an end.
  public var isFile: Bool {
    switch self {
    case .capture, .recording: true
    case .port, .standardInput, .growing: false
    }
  }

  /// Opens it, after waiting for the first bytes of a stream; once `isStopped` says so it has no sweeps.
  ///
  /// - Throws: `StreamsError`, as the sources do.
  public func open(
    _ options: PacketOptions, until isStopped: () -> Bool = { false }
  ) throws(StreamsError) -> any SweepSource {
    switch self {
    case .port(let endpoint): try PortSweeps(endpoint, options: options)
    case .capture(let path): try CaptureSweeps(path: path, options: options)
    case .recording(let path): try RecordingSweeps(path: path, options: options)
    case .standardInput: try Self.sweeps(of: .standardInput(), options, until: isStopped)
    case .growing(let path):
      try Self.sweeps(
        of: StreamsError.reading { () throws(RecordingsError) in try .following(path) }, options,
        until: isStopped)
    }
  }

  private static func sweeps(
    of stream: ByteStream, _ options: PacketOptions, until isStopped: () -> Bool
  ) throws(StreamsError) -> any SweepSource {
    let start = try StreamsError.reading { () throws(RecordingsError) in
      try stream.read(until: isStopped) { () throws(RecordingsError) in try stream.start(8) }
    }
    if start == FrameSweeps.mark || start.isEmpty && isStopped() {
      return FrameSweeps(stream, sensor: options.sensor)
    }
    if CaptureFile.isCapture(startingWith: start) {
      return try CaptureSweeps(stream, options: options)
    }
    if Recording.isMCAP(startingWith: start) {
      return try RecordingSweeps(stream, options: options)
    }
    throw StreamsError(
      .damaged,
      start.isEmpty ? "nothing came" : "this is no capture, no MCAP and no stream of lidarseg's",
      remedy:
        "Write pcap, pcapng, MCAP, or sweeps with the header that docs/streaming.md describes.",
      path: stream.path, offset: 0)
  }

  private static func isCapture(_ path: String) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path), let start = try? file.read(upToCount: 4)
    else { return false }
    return CaptureFile.isCapture(startingWith: [UInt8](start))
  }
}
